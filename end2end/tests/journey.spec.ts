import { readFileSync } from 'node:fs';
import { linkInLetter } from '../people/letters';
import { addresses, addToCart, chooseSomething, expectDownload, placeOrder } from '../people/shopping';
import { signIn } from '../people/sign_in';
import { cameraFiles, newGallery, uploadAll } from '../people/studio';
import { expect, expectFits, test } from '../people/test';
import { inTurn } from '../people/turn';

test.setTimeout(120_000);

test('a photographer delivers to somebody new, who buys and gets the very bytes that were uploaded', async ({ page, someoneElse: client, javaScriptEnabled }) => {
  await signIn(page, 'photographer');
  const files = await cameraFiles(page);
  const gallery = await newGallery(page, 'Delivery', javaScriptEnabled);
  await uploadAll(page, files, javaScriptEnabled);

  await page.goto(`/studio/prices?gallery=${gallery}`);
  await page.locator('input[name=web_choice][value=none]').check();
  await page.locator('input[name=original_choice][value=own]').check();
  await page.locator('input[name=original_amount]').fill('12.50');
  await page.getByRole('button', { name: 'Save gallery prices' }).click();
  await expect(page.getByText('Gallery prices saved.')).toBeVisible();

  await page.goto(`/studio/galleries/${gallery}`);
  const email = `guest-${crypto.randomUUID()}@photovault.test`;
  await page.getByLabel('E-mail addresses').fill(email);
  await page.getByRole('button', { name: 'Assign gallery' }).click();
  await expect(page.locator('#access').getByRole('row').filter({ hasText: email })).toContainText('Whole gallery');
  await page.getByRole('button', { name: 'Publish gallery' }).click();
  await expect(page.getByRole('button', { name: 'Unpublish gallery' })).toBeVisible();

  await client.goto(await linkInLetter(email, '/invitation/'));
  await client.getByLabel('Your name').fill('Greta Gast');
  for (const name of ['password', 'password2']) await client.locator(`input[name=${name}]`).fill('an evening by the lake');
  await client.getByRole('button', { name: 'Accept invitation' }).click();
  await client.getByRole('main').locator(`a[href="/galleries/${gallery}"]`).first().click();
  await expect(client).toHaveURL(`/galleries/${gallery}`);
  await expectFits(client);
  const photos = await addresses(client, '/photos/');
  expect(photos.length).toBe(files.length);
  await client.goto(photos[1]);
  await expect(client.getByRole('main')).toContainText('12.50');
  expect(await addToCart(client)).toBe(true);
  const number = await placeOrder(client, 'sandbox', 'success');

  const [download] = await Promise.all([client.waitForEvent('download'), client.getByRole('link', { name: 'Download original' }).click()]);
  const bought = files.find(({ name }) => name === download.suggestedFilename())!;
  expect(readFileSync(await download.path()).equals(bought.buffer), 'the bytes are those of the upload').toBe(true);
  const other = `/downloads/${photos[0].split('/').at(-1)}/original`;
  expect((await client.request.get(other)).status(), 'what was not bought').toBe(404);

  await page.goto(`/studio/orders/${number}`);
  await expect(page.getByRole('main')).toContainText('Greta Gast');
  await expect(page.getByRole('main')).toContainText('Downloaded once');
});

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

test('an order paid at the studio opens its downloads when the photographer marks it paid', ({ page, someoneElse: studio }) =>
  inTurn('cart-of-client', async () => {
    await signIn(page, 'client');
    await chooseSomething(page);
    const number = await placeOrder(page, 'offline');
    await expect(page.getByRole('main').locator('a[href^="/downloads/"]')).toHaveCount(0);

    await signIn(studio, 'owner');
    await studio.goto(`/studio/orders/${number}`);
    const form = studio.locator('form[action$="/mark_paid"]');
    await form.locator('input[name=reference]').fill('Paid at the studio');
    await form.getByRole('button').click();
    await expect(studio.getByText('Order marked paid.')).toBeVisible();

    await page.reload();
    await expectDownload(page);
  }));

test('a payment whose answer was lost is asked for, not paid again', ({ page }) =>
  inTurn('cart-of-client', async () => {
    await signIn(page, 'client');
    await chooseSomething(page);
    const number = await placeOrder(page, 'sandbox', 'answer_lost');
    await expect(page.getByText('We are checking your payment…')).toBeVisible();
    await expect(page.getByRole('main').locator('a[href^="/downloads/"]')).toHaveCount(0);
    await page.getByRole('button', { name: 'Check payment' }).click();
    await expect(page).toHaveURL(`/orders/${number}`);
    await expectDownload(page);
  }));
