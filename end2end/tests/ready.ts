import { linkInLetter } from '../people/letters';
import { prepare } from '../people/prepared';
import { addresses, addToCart, chooseSomething, galleryNamed, placeOrder } from '../people/shopping';
import { people, remember, signIn } from '../people/sign_in';
import { expect, test } from '../people/test';

/** Everybody signs in once, and what the other tests only look at is found or made, before they begin. */
for (const person of Object.keys(people) as (keyof typeof people)[]) {
  test(`${person} signs in`, async ({ page }) => {
    await signIn(page, person);
    await page.goto('/');
    await expect(page.getByRole('main')).toBeVisible();
  });
}

test('the galleries of the demo are where their clients find them', async ({ page }) => {
  await signIn(page, 'client');
  for (const [name, title] of [['wedding', /wedding by the lake/], ['coast', /Coast/], ['selection', /Studio portraits/]] as const) {
    prepare(name, await galleryNamed(page, title));
  }
  await signIn(page, 'priya');
  prepare('lisbon', (await galleryNamed(page, /Lisbon/, '/studio/galleries')).replace('/studio', ''));
});

test('tomas has an order that waits and one that is paid, and chooses without buying', async ({ page }) => {
  await signIn(page, 'tomas');
  await page.goto('/orders');
  for (const [name, state] of [['waiting', 'Waiting for payment'], ['paid', 'Paid']]) {
    const row = page.getByRole('main').getByRole('listitem').filter({ hasText: state });
    prepare(`${name} order`, (await row.getByRole('link').first().getAttribute('href'))!);
  }
  await page.goto(await galleryNamed(page, /wedding by the lake/));
  for (const photo of (await addresses(page, '/photos/')).slice(3, 6)) {
    await page.goto(photo);
    expect(await addToCart(page)).toBe(true);
  }
  await page.goto('/cart');
  await page.getByRole('main').getByRole('listitem').last().getByRole('button', { name: 'Save for later' }).click();
  await expect(page.getByRole('heading', { name: 'Saved for later' })).toBeVisible();
});

test('clara has an order that is cancelled, one whose payment was declined, and one that waits for a card', async ({ page }) => {
  await signIn(page, 'clara');
  await page.goto('/orders');
  const row = page.getByRole('main').getByRole('listitem').filter({ hasText: 'Cancelled' });
  prepare('cancelled order', (await row.getByRole('link').first().getAttribute('href'))!);
  await chooseSomething(page);
  prepare('declined order', `/orders/${await placeOrder(page, 'sandbox', 'decline')}`);
  await chooseSomething(page);
  prepare('card order', `/orders/${await placeOrder(page, 'card')}`);
});

test('the post has a link for an invited client, for a new one, and for one who forgot their password', async ({ page }, { retry }) => {
  prepare('invitation', await linkInLetter('kitchen@photovault.test', '/invitation/'));

  await page.goto('/forgot');
  await page.locator('input[name=email]').fill(people.priya);
  await page.getByRole('button', { name: 'Send the letter' }).click();
  await expect(page).toHaveURL('/login');
  prepare('reset', await linkInLetter(people.priya, '/reset/'));

  await page.goto('/register');
  await page.locator('input[name=name]').fill('Vera Ivers');
  await page.locator('input[name=email]').fill(`vera-${retry}@photovault.test`);
  for (const name of ['password', 'password2']) await page.locator(`input[name=${name}]`).fill('an evening by the lake');
  await page.getByRole('button', { name: 'Make account' }).click();
  await expect(page).not.toHaveURL(/register/);
  await remember(page, 'vera');
  prepare('confirm', await linkInLetter(`vera-${retry}@photovault.test`, '/confirm/'));
});
