import { signIn } from '../../people/sign_in';
import { expect, test } from '../../people/test';

test('the API describes itself, tries itself out, and asks no other server for anything', async ({ page, baseURL, javaScriptEnabled }) => {
  const foreign: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(baseURL!) && !request.url().startsWith('data:')) foreign.push(request.url());
  });
  const answer = await page.goto('/api/docs');
  expect(answer?.status()).toBe(200);
  if (!javaScriptEnabled) {
    await expect(page.getByRole('link', { name: '/api/v1/openapi.json' })).toBeVisible();
    return;
  }
  await expect(page.getByRole('heading', { name: /PhotoVault/ })).toBeVisible();
  const login = page.locator('#operations-auth-log_in');
  await login.getByRole('button').first().click();
  await login.getByRole('button', { name: 'Try it out' }).click();
  await expect(login.locator('textarea')).toBeVisible();
  expect(foreign, 'requests to other servers').toEqual([]);
});

test('a token for a program is shown once and can be revoked', async ({ page, request }) => {
  await signIn(page, 'client');
  await page.goto('/profile');
  const name = `Backup ${Date.now()} ${Math.random()}`;
  await page.getByLabel('What a new token is for').fill(name);
  await page.getByLabel('See photographs and galleries').check();
  await page.getByRole('button', { name: 'Make a token' }).click();
  const token = await page.locator('code').filter({ hasText: 'pv_' }).innerText();
  const photos = () => request.get('/api/v1/photos', { headers: { authorization: `Bearer ${token}` } });
  expect((await photos()).status()).toBe(200);
  await page.goto('/profile');
  await expect(page.getByText(token)).toHaveCount(0);
  await page.getByRole('row').filter({ hasText: name }).getByRole('button', { name: 'Revoke' }).click();
  await expect(page.getByText(name)).toHaveCount(0);
  expect((await photos()).status()).toBe(401);
});
