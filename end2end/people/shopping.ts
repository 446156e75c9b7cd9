import { expect, type Page } from '@playwright/test';

/** Where the page's main part leads to, in its order. */
export async function addresses(page: Page, part: string) {
  const links = page.getByRole('main').locator(`a[href*="${part}"]`);
  return [...new Set(await links.evaluateAll((all) => all.map((link) => link.getAttribute('href')!.split(/[?#]/)[0])))];
}

/** The address of a gallery by its title, as the person finds it among theirs. */
export async function galleryNamed(page: Page, title: RegExp, list = '/galleries') {
  await page.goto(list);
  return (await page.getByRole('main').getByRole('link', { name: title }).first().getAttribute('href'))!;
}

/** Puts the photograph of this page into the cart; false when there is nothing to buy. */
export async function addToCart(page: Page) {
  const add = page.locator('form[action$="/add_to_cart"]').getByRole('button', { name: /add.*cart/i }).first();
  if (!(await add.count())) return false;
  await add.click();
  await expect(page.getByText('Added to your cart.')).toBeVisible();
  return true;
}

/** Walks through the client's galleries to a photograph that can still be bought, and puts it into the cart. */
export async function chooseSomething(page: Page) {
  await page.goto('/galleries');
  const galleries = await addresses(page, '/galleries/');
  expect(galleries.length).toBeGreaterThan(0);
  for (const gallery of galleries) {
    await page.goto(gallery);
    for (const photo of (await addresses(page, '/photos/')).slice(0, 12)) {
      await page.goto(photo);
      if (await addToCart(page)) return;
    }
  }
  throw new Error('the client owns everything already');
}

type Payment = 'sandbox' | 'offline' | 'card';

/** From the cart to the order's page, or to the page where its card is given; answers the order's number. */
export async function placeOrder(page: Page, payment: Payment, wish?: 'success' | 'decline' | 'answer_lost') {
  await page.goto('/cart');
  await page.getByRole('main').locator('a[href="/checkout"]').first().click();
  await expect(page).toHaveURL('/checkout');
  await page.locator(`input[name=payment][value=${payment}]`).check();
  if (wish) await page.locator(`input[name=wish][value=${wish}]`).check();
  await page.getByRole('button', { name: 'Place order' }).click();
  await expect(page).toHaveURL(payment === 'card' ? /\/orders\/PV-\d{4}-\d{6}\/pay$/ : /\/orders\/PV-\d{4}-\d{6}$/);
  return page.url().match(/PV-\d{4}-\d{6}/)![0];
}

/** The file behind a download's link is a JPEG to keep, never kept by a cache. */
export async function expectDownload(page: Page) {
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
