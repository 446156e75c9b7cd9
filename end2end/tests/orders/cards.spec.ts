import { type Page } from '@playwright/test';
import { chooseSomething, expectDownload, placeOrder } from '../../people/shopping';
import { signIn } from '../../people/sign_in';
import { expect, expectAccessible, expectFits, test } from '../../people/test';
import { inTurn } from '../../people/turn';

test.setTimeout(120_000);
// the browser's own word on a card that the bank refuses
test.use({ expectedErrors: [/402/] });

async function payWith(page: Page, card: string) {
  await page.getByLabel('Card number').fill(card);
  await page.getByLabel('Expiry date').fill('12/34');
  await page.getByLabel('Security code').fill('123');
  await page.getByRole('button', { name: /^Pay / }).click();
}

test('a card opens the downloads at once @script', ({ page }) =>
  inTurn('cart-of-client', async () => {
    await signIn(page, 'client');
    await chooseSomething(page);
    const number = await placeOrder(page, 'card');
    await expect(page.getByLabel('Card number')).toBeVisible();
    await expectAccessible(page);
    await expectFits(page);
    await payWith(page, '4242 4242 4242 4242');
    await expect(page).toHaveURL(`/orders/${number}`);
    await expect(page.getByText('Your photographs are ready.')).toBeVisible();
    await expectDownload(page);
    const paper = page.getByRole('link', { name: /^Invoice INV-/ });
    const pdf = await page.request.get((await paper.getAttribute('href'))!);
    expect(pdf.headers()['content-type']).toBe('application/pdf');
    expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-');
    await page.goto('/payments');
    await expect(page.getByRole('link', { name: number })).toBeVisible();
    await page.goto(`/orders/${number}/pay`);
    await expect(page.getByText('There is nothing to pay')).toBeVisible();
  }));

test('a declined card says why, and another one pays the same order @script', ({ page }) =>
  inTurn('cart-of-client', async () => {
    await signIn(page, 'client');
    await chooseSomething(page);
    const number = await placeOrder(page, 'card');
    await payWith(page, '4000 0000 0000 9995');
    await expect(page.getByRole('alert')).toContainText('Your card has insufficient funds. Nothing was charged.');
    // somebody who looks at the order now reads the same
    await page.goto(`/orders/${number}`);
    await expect(page.getByText('The payment did not go through.')).toBeVisible();
    await expect(page.getByText('Your card has insufficient funds.')).toBeVisible();
    await page.getByRole('link', { name: 'Try again' }).click();
    await payWith(page, '4242424242424242');
    await expect(page).toHaveURL(`/orders/${number}`);
    await expectDownload(page);
  }));

test('a bank that asks first is answered, and a refused confirmation charges nothing @script', ({ page }) =>
  inTurn('cart-of-client', async () => {
    await signIn(page, 'client');
    await chooseSomething(page);
    const number = await placeOrder(page, 'card');
    await payWith(page, '4000 0027 6000 3184');
    await page.getByRole('dialog', { name: 'Your bank' }).getByRole('button', { name: 'Refuse' }).click();
    await expect(page.getByRole('alert')).toContainText('unable to authenticate');
    await payWith(page, '4000 0027 6000 3184');
    await page.getByRole('dialog', { name: 'Your bank' }).getByRole('button', { name: 'Confirm' }).click();
    await expect(page).toHaveURL(`/orders/${number}`);
    await expectDownload(page);
  }));

test('a photograph that is given back can no longer be downloaded @script', ({ page, browser, baseURL }) =>
  inTurn('cart-of-client', async () => {
    await signIn(page, 'client');
    await chooseSomething(page);
    const number = await placeOrder(page, 'card');
    await payWith(page, '4242424242424242');
    await expect(page).toHaveURL(`/orders/${number}`);
    const file = (await page.getByRole('main').locator('a[href^="/downloads/"]').first().getAttribute('href'))!;

    const studio = await browser.newPage({ baseURL });
    await signIn(studio, 'owner');
    await studio.goto(`/studio/orders/${number}`);
    await studio.getByText('Give money back').first().click();
    const form = studio.locator('form[action$="/refund_order"]');
    await form.getByRole('checkbox').first().check();
    await form.locator('input[name=reason]').fill('Blurred');
    await form.getByRole('button', { name: 'Give money back' }).click();
    await expect(studio.getByText('Money given back.')).toBeVisible();
    await expect(studio.getByRole('link', { name: /^Credit note CN-/ })).toBeVisible();
    await studio.close();

    expect((await page.request.get(file)).status()).toBe(404);
    await page.reload();
    await expect(page.getByText('One photograph of this order was given back.')).toBeVisible();
  }));
