import { signIn, type Person } from '../../people/sign_in';
import { chooseTheme, expect, expectAccessible, expectFits, test } from '../../people/test';

const pages: Record<Person | 'nobody', string[]> = {
  nobody: ['/', '/about', '/services', '/contact', '/login', '/register', '/forgot', '/verify'],
  client: ['/', '/profile', '/galleries', '/cart', '/orders', '/purchases', '/payments'],
  photographer: ['/studio', '/studio/galleries', '/studio/photos', '/studio/clients', '/studio/orders', '/studio/payments', '/studio/prices', '/studio/settings'],
  owner: ['/studio', '/studio/settings', '/admin', '/admin/mail', '/admin/letters', '/admin/errors'],
};

test.use({ contextOptions: { reducedMotion: 'reduce' } }); // axe must not measure a colour half-way through a fade

for (const [person, paths] of Object.entries(pages)) {
  for (const path of paths) {
    test(`${path} as ${person}: answers, has a title, fits, and is accessible in light and dark`, async ({ page, baseURL, javaScriptEnabled }) => {
      if (person !== 'nobody') await signIn(page, person as Person);
      const answer = await page.goto(path);
      expect(answer?.status()).toBe(200);
      expect(new URL(page.url()).pathname).toBe(path);
      await expect(page).toHaveTitle(/\S+/);
      await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
      await expect(page.locator('meta[name=description]')).toHaveAttribute('content', /\S+/);
      const robots = await page.locator('meta[name=robots]').getAttribute('content', { timeout: 500 }).catch(() => null);
      if (person !== 'nobody' && path !== '/') expect(robots, 'private pages stay out of search engines').toContain('noindex');
      if (!javaScriptEnabled) return;

      await expectFits(page);
      for (const theme of ['light', 'dark'] as const) {
        await chooseTheme(page, theme, baseURL!);
        await page.reload();
        await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
        await expectAccessible(page);
      }
    });
  }
}

test('a trailing slash leads to the page without one', async ({ request }) => {
  const answer = await request.get('/about/', { maxRedirects: 0 });
  expect([301, 308]).toContain(answer.status());
  expect(answer.headers().location).toBe('/about');
});

test.describe('what is not there', () => {
  test.use({ expectedErrors: [/status of 404/] });

  test('is a friendly page with status 404', async ({ page, javaScriptEnabled }) => {
    const answer = await page.goto('/no-such-page');
    expect(answer?.status()).toBe(404);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByRole('main').getByRole('link').first()).toBeVisible();
    if (javaScriptEnabled) await expectAccessible(page);
  });
});

for (const path of ['/galleries', '/cart', '/studio', '/admin']) {
  test(`${path} asks a stranger to sign in and remembers where they wanted to go`, async ({ page }) => {
    await page.goto(path);
    await expect(page).toHaveURL(`/login?next=${path}`);
  });
}

test.describe('without a connection', () => {
  test.use({ expectedErrors: [/ERR_INTERNET_DISCONNECTED/] });

  test('the page stays with what was typed, and says so until the connection is back', { tag: '@script' }, async ({ page, context }) => {
    await page.goto('/contact');
    const message = page.getByLabel('Message');
    await message.fill('Are you free in June?');
    await context.setOffline(true);
    await expect(page.getByText('You are offline')).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: /Send/ }).click();
    await page.locator('a[href="/about"]').first().dispatchEvent('click');
    await expect(page).toHaveURL('/contact');
    await expect(message).toHaveValue('Are you free in June?');
    await context.setOffline(false);
    await expect(page.getByText('You are offline')).toBeHidden();
  });
});
