import { signIn } from '../../people/sign_in';
import { expect, expectAccessible, test } from '../../people/test';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

test('the cart opens beside the page where there is room, and is a page of its own on a phone', { tag: '@script' }, async ({ page, isMobile }) => {
  await signIn(page, 'client');
  await page.goto('/purchases');
  await expect(page.locator('html')).toHaveAttribute('data-awake', 'true');
  const link = page.locator('.pv-bar a[href="/cart"]');
  await link.click();
  if (isMobile) {
    await expect(page).toHaveURL('/cart');
    return;
  }
  const drawer = page.getByRole('dialog', { name: 'Cart' });
  await expect(drawer.getByRole('heading', { level: 1, name: 'Cart' })).toBeVisible();
  await expect(page).toHaveURL('/purchases');
  await expectAccessible(page);
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
