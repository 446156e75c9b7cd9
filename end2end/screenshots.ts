import { test, type Page } from '@playwright/test';
import { signIn, type Person } from './people/sign_in';

const desktop = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };

async function take(page: Page, name: string, path: string, { person, screen = desktop, theme = 'light' }: { person?: Person; screen?: typeof phone; theme?: string }) {
  await page.setViewportSize(screen);
  if (person) await signIn(page, person);
  await page.context().addCookies([{ name: 'pv_theme', value: theme, url: test.info().project.use.baseURL! }]);
  await page.goto(path);
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: `screenshots/${name}.jpg`, type: 'jpeg', quality: 78, animations: 'disabled' });
}

/** The address of the n-th thing that a page links to. */
async function linked(page: Page, from: string, to: string, person: Person, n = 0) {
  await signIn(page, person);
  await page.goto(from);
  return (await page.locator(`a[href*="${to}"]`).nth(n).getAttribute('href'))!;
}

test('home', ({ page }) => take(page, 'home', '/', {}));
test('gallery', async ({ page }) => take(page, 'gallery', await linked(page, '/galleries', '/galleries/', 'client'), { person: 'client' }));
test('gallery on a phone', async ({ page }) => take(page, 'gallery-phone', await linked(page, '/galleries', '/galleries/', 'client'), { person: 'client', screen: phone, theme: 'dark' }));
test('photo', async ({ page }) => take(page, 'photo', await linked(page, await linked(page, '/galleries', '/galleries/', 'client'), '/photos/', 'client', 2), { person: 'client' }));
test('order', async ({ page }) => take(page, 'order', await linked(page, '/orders', '/orders/PV-', 'client'), { person: 'client' }));
test('studio', ({ page }) => take(page, 'studio', '/studio', { person: 'photographer' }));
test('studio gallery', async ({ page }) => take(page, 'studio-gallery', await linked(page, '/studio/galleries', '/studio/galleries/', 'photographer'), { person: 'photographer', theme: 'dark' }));
