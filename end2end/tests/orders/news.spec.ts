import { chooseSomething, placeOrder } from '../../people/shopping';
import { signIn } from '../../people/sign_in';
import { expect, test } from '../../people/test';
import { inTurn } from '../../people/turn';

test('an order that is paid elsewhere changes before the eyes of its buyer and of the studio @script', ({ page, browser }) =>
  inTurn('cart-of-client', async () => {
    await signIn(page, 'client');
    await chooseSomething(page);
    const number = await placeOrder(page, 'offline');
    await page.evaluate(() => (document.body.dataset.same = 'page'));

    const studio = await (await browser.newContext()).newPage();
    await signIn(studio, 'owner');
    await studio.goto('/studio/orders');
    const row = studio.getByRole('row').filter({ hasText: number });
    await expect(row).toContainText('Waiting for payment');

    const desk = await studio.context().newPage();
    await desk.goto(`/studio/orders/${number}`);
    await desk.locator('input[name=reference]').fill('cash');
    await desk.getByRole('button', { name: 'Mark order paid' }).click();
    await expect(desk.getByText('Order marked paid.')).toBeVisible();

    await expect(page.getByText('Your photographs are ready.')).toBeVisible();
    await expect(page.locator('body')).toHaveAttribute('data-same', 'page');
    await expect(row).toContainText('Paid');
    await studio.context().close();
  }));

test('what somebody is typing stays, and the change waits for a button @script', ({ page, browser }) =>
  inTurn('cart-of-client', async () => {
    await signIn(page, 'client');
    await chooseSomething(page);
    const number = await placeOrder(page, 'offline');
    const studio = await (await browser.newContext()).newPage();
    await signIn(studio, 'owner');
    await studio.goto(`/studio/orders/${number}`);
    await studio.locator('input[name=reference]').fill('half a sen');
    await page.getByText('Cancel order', { exact: true }).click();
    await page.getByRole('button', { name: `Cancel order ${number}` }).click();
    await expect(page.getByText('This order is cancelled.')).toBeVisible();
    await expect(studio.getByRole('button', { name: 'Show what is new' })).toBeVisible();
    await expect(studio.locator('input[name=reference]')).toHaveValue('half a sen');
    await studio.getByRole('button', { name: 'Show what is new' }).click();
    await expect(studio.getByRole('main').getByText('Cancelled').first()).toBeVisible();
    await expect(studio.locator('input[name=reference]')).toHaveCount(0);
    await studio.context().close();
  }));
