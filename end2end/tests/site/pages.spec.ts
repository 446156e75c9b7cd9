import { readFileSync } from 'node:fs';
import { root } from '../../people/server';
import { signIn } from '../../people/sign_in';
import { chooseTheme, expect, expectAccessible, expectAccessibleInBothThemes, expectAwake, expectFits, test } from '../../people/test';
import { failures, publicPages, routes, visits } from './visits';

test.use({ contextOptions: { reducedMotion: 'reduce' } }); // axe must not measure a colour half-way through a fade

test('every page of the route table is visited', { tag: '@script' }, () => {
  expect(routes.length).toBeGreaterThan(30);
  expect(routes.filter((route) => !visits[route]?.length), 'pages without a visit in visits.ts').toEqual([]);
  expect(Object.keys(visits).filter((route) => !routes.includes(route)), 'visits to pages that are gone').toEqual([]);
});

const all = Object.entries(visits).flatMap(([route, visits]) => visits.map((visit) => ({ at: route, ...visit, route })));
for (const { as, at, route, shows, status = 200, what } of [...all, ...failures.map((visit) => ({ route: 'instead of a page', ...visit }))]) {
  test.describe(`${route} as ${as}${what ? `, ${what}` : ''}`, () => {
    test.use({ expectedErrors: status === 200 ? [] : [new RegExp(`status of ${status}`)] });

    test('answers, has a title, fits, and is accessible in light and dark', async ({ page, javaScriptEnabled }) => {
      if (as !== 'nobody') await signIn(page, as);
      const path = typeof at === 'function' ? await at(page) : at!;
      const answer = await page.goto(path);
      expect(answer?.status()).toBe(status);
      await expect(page).toHaveURL(path);
      if (shows) await expect(page.getByRole('main')).toContainText(shows);
      await expect(page).toHaveTitle(/\S+/);
      await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
      await expect(page.locator('meta[name=description]').last()).toHaveAttribute('content', /\S+/);
      const robots = page.locator('meta[name=robots][content*=noindex]');
      expect((await robots.count()) === 0, 'only public pages are for search engines').toBe(publicPages.includes(path));
      await expectFits(page);
      if (!javaScriptEnabled) return;

      await expectAwake(page);
      await expectAccessibleInBothThemes(page);
    });
  });
}

for (const theme of ['light', 'dark'] as const) {
  test(`a page is ${theme} from its first paint for who chose that`, async ({ page, baseURL }) => {
    await chooseTheme(page, theme, baseURL!);
    await page.goto('/');
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    await expect(page.locator('html')).toHaveCSS('color-scheme', theme);
  });
}

test('a trailing slash leads to the page without one', async ({ request }) => {
  const answer = await request.get('/about/', { maxRedirects: 0 });
  expect([301, 308]).toContain(answer.status());
  expect(answer.headers().location).toBe('/about');
});

test.describe('what somebody may not do', () => {
  test.use({ expectedErrors: [/status of 403/] });

  test('is a friendly page with status 403', { tag: '@script' }, async ({ page }) => {
    await signIn(page, 'photographer');
    await page.goto('/studio/prices');
    // the form that only the owner has; without a word of the page it stands on, an answer has no page to go back to
    const answer = page.waitForResponse('**/_fn/set_studio_prices');
    await page.evaluate(() => {
      document.head.append(Object.assign(document.createElement('meta'), { name: 'referrer', content: 'no-referrer' }));
      const form = Object.assign(document.createElement('form'), { method: 'post', action: '/_fn/set_studio_prices' });
      document.body.append(form);
      form.submit();
    });
    expect((await answer).status()).toBe(403);
    await expect(page.getByRole('heading', { level: 1, name: 'This is not yours to open' })).toBeVisible();
    await expect(page.getByRole('main').getByRole('link').first()).toBeVisible();
    await expectFits(page);
    await expectAccessibleInBothThemes(page);
  });
});

test.describe('while the database does not answer', () => {
  test.use({ expectedErrors: [/status of 503/] });

  test('the one page that needs nothing is as accessible as the others', { tag: '@script' }, async ({ page }) => {
    const words: Record<string, string> = { title: 'We are busy just now', text: 'Please try again in a moment.', next: '<a class="pv-btn" href="">Try again</a>' };
    const body = readFileSync(`${root}src/boot/bare.html`, 'utf8').replace(/\{(title|text|next)\}/g, (_, name) => words[name]);
    await page.route('/galleries', (route) => route.fulfill({ status: 503, contentType: 'text/html', body }));
    await page.goto('/galleries');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expectFits(page);
    await expectAccessible(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    await expectAccessible(page);
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
