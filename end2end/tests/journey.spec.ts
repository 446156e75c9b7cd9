import { chooseSomething, expectDownload, placeOrder } from '../people/shopping';
import { signIn } from '../people/sign_in';
import { expect, test } from '../people/test';
import { inTurn } from '../people/turn';

test.setTimeout(120_000);

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
