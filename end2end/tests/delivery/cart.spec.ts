import { signIn } from '../../people/sign_in';
import { expect, expectAccessibleInBothThemes, expectAwake, expectFits, test } from '../../people/test';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

/** What ready.ts put into the cart of tomas. */
const CHOSEN = ['LM_261221.jpg', 'LM_261228.jpg'];
const SAVED = 'LM_261235.jpg';

test('the cart says what each photograph costs and what all of them come to; what is saved for later costs nothing', async ({ page }) => {
  await signIn(page, 'tomas');
  await page.goto('/cart');
  const saved = page.locator('#saved').getByRole('listitem');
  const lines = page.getByRole('main').getByRole('listitem');
  await expect(lines).toHaveCount(CHOSEN.length + 1);
  await expect(saved).toHaveCount(1);
  await expect(saved).toContainText(SAVED);
  const prices = [];
  for (const [n, name] of CHOSEN.entries()) {
    await expect(lines.nth(n)).toContainText(name);
    prices.push(Number(/[\d.]+/.exec(await lines.nth(n).locator('.pv-price').innerText())![0]));
  }
  await expect(page.locator('.pv-total')).toContainText(prices.reduce((sum, price) => sum + price).toFixed(2));
  await page.getByRole('link', { name: 'Go to checkout' }).click();
  await expect(page.getByRole('main').getByRole('listitem').filter({ hasText: '.jpg' })).toHaveText(CHOSEN.map((name) => new RegExp(name)));
});

test('the cart opens beside the page where there is room, and is a page of its own on a phone', { tag: '@script' }, async ({ page, isMobile }) => {
  await signIn(page, 'tomas');
  await page.goto('/purchases');
  await expectAwake(page);
  const link = page.locator('.pv-bar a[href="/cart"]');
  await link.click();
  if (isMobile) {
    await expect(page).toHaveURL('/cart');
    return;
  }
  const drawer = page.getByRole('dialog', { name: 'Cart' });
  await expect(drawer.getByRole('heading', { level: 1, name: 'Cart' })).toBeVisible();
  await expect(page).toHaveURL('/purchases');
  for (const name of [...CHOSEN, SAVED]) await expect(drawer.getByRole('listitem').filter({ hasText: name })).toBeVisible();
  await expectFits(page);
  await expectAccessibleInBothThemes(page);
  await page.keyboard.press('Escape');
  await expect(drawer).toBeHidden();
  await expect(link).toBeFocused();
});

test('an order on paper is the receipt alone', { tag: '@script' }, async ({ page }) => {
  await signIn(page, 'client');
  await page.goto('/orders');
  await page.getByRole('main').locator('a[href^="/orders/PV-"]').last().click();
  await expect(page.getByRole('button', { name: 'Print' })).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('button', { name: 'Print' })).toBeHidden();
  await expect(page.getByRole('navigation')).toHaveCount(0);
  await expect(page.locator('.pv-foot')).toBeHidden();
  await expect(page.locator('.pv-total')).toBeVisible();
  await expect(page.locator('html')).toHaveCSS('background-color', 'rgb(255, 255, 255)');
});
