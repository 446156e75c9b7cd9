import { type Page } from '@playwright/test';
import { signIn } from '../people/sign_in';
import { expect, test } from '../people/test';
import { inTurn } from '../people/turn';

test.setTimeout(120_000);

/** Walks through the client's galleries to a photograph that can still be bought, and puts it into the cart. */
async function chooseSomething(page: Page) {
  await page.goto('/galleries');
  const galleries = await addresses(page, '/galleries/');
  expect(galleries.length).toBeGreaterThan(0);
  for (const gallery of galleries) {
    await page.goto(gallery);
    for (const photo of (await addresses(page, '/photos/')).slice(0, 12)) {
      await page.goto(photo);
      const add = page.locator('form[action$="/add_to_cart"]').getByRole('button', { name: /add.*cart/i }).first();
      if (!(await add.count())) continue;
      await add.click();
      await expect(page.getByText('Added to your cart.')).toBeVisible();
      return;
    }
  }
  throw new Error('the client owns everything already');
}

/** Where the page's main part leads to, in its order. */
async function addresses(page: Page, part: string) {
  const links = page.getByRole('main').locator(`a[href*="${part}"]`);
  return [...new Set(await links.evaluateAll((all) => all.map((link) => link.getAttribute('href')!.split(/[?#]/)[0])))];
}

/** From the cart to the order's page; answers the order's number. */
async function placeOrder(page: Page, payment: 'sandbox' | 'offline', wish?: 'success' | 'decline' | 'answer_lost') {
  await page.goto('/cart');
  await page.getByRole('main').locator('a[href="/checkout"]').first().click();
  await expect(page).toHaveURL('/checkout');
  await page.locator(`input[name=payment][value=${payment}]`).check();
  if (wish) await page.locator(`input[name=wish][value=${wish}]`).check();
  await page.getByRole('button', { name: 'Place order' }).click();
  await expect(page).toHaveURL(/\/orders\/PV-\d{4}-\d{6}$/);
  return page.url().split('/').at(-1)!;
}

/** The file behind a download's link is a JPEG to keep, never kept by a cache. */
async function expectDownload(page: Page) {
  const link = page.getByRole('main').locator('a[href^="/downloads/"]').first();
  await expect(link).toBeVisible();
  const file = await page.request.get((await link.getAttribute('href'))!);
  expect(file.status()).toBe(200);
  expect(file.headers()['content-disposition']).toMatch(/^attachment; filename/);
  expect(file.headers()['cache-control']).toContain('no-store');
  const bytes = await file.body();
  expect(bytes.length).toBeGreaterThan(10_000);
  expect([...bytes.subarray(0, 2)], 'the first bytes of a JPEG').toEqual([0xff, 0xd8]);
}

test('a client looks, buys with the sandbox, and downloads', ({ page }) =>
  inTurn('cart-of-client', async () => {
    await signIn(page, 'client');
    await chooseSomething(page);
    const number = await placeOrder(page, 'sandbox', 'success');
    await expectDownload(page);
    await page.goto('/orders');
    await expect(page.getByRole('main').locator(`a[href="/orders/${number}"]`).first()).toBeVisible();
    await page.goto('/purchases');
    await expectDownload(page);
  }));

test('a declined payment leaves the order waiting, and a second try pays it', ({ page }) =>
  inTurn('cart-of-client', async () => {
    await signIn(page, 'client');
    await chooseSomething(page);
    await placeOrder(page, 'sandbox', 'decline');
    await expect(page.getByText('The card was declined.')).toBeVisible();
    await expect(page.getByRole('main').locator('a[href^="/downloads/"]')).toHaveCount(0);
    const again = page.locator('form[action$="/pay_order"]');
    if (await again.locator('input[name=payment][type=radio]').count()) await again.locator('input[name=payment][value=sandbox]').check();
    if (await again.locator('input[name=wish][type=radio]').count()) await again.locator('input[name=wish][value=success]').check();
    await again.getByRole('button').first().click();
    await expectDownload(page);
  }));

test('an order paid at the studio opens its downloads when the photographer marks it paid', ({ page, browser, baseURL }) =>
  inTurn('cart-of-client', async () => {
    await signIn(page, 'client');
    await chooseSomething(page);
    const number = await placeOrder(page, 'offline');
    await expect(page.getByRole('main').locator('a[href^="/downloads/"]')).toHaveCount(0);

    const studio = await browser.newPage({ baseURL });
    await signIn(studio, 'owner');
    await studio.goto(`/studio/orders/${number}`);
    const form = studio.locator('form[action$="/mark_paid"]');
    await form.locator('input[name=reference]').fill('Paid at the studio');
    await form.getByRole('button').click();
    await expect(studio.getByText('Order marked paid.')).toBeVisible();
    await studio.close();

    await page.reload();
    await expectDownload(page);
  }));
