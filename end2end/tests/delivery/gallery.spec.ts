import { type Page } from '@playwright/test';
import { prepared } from '../../people/prepared';
import { signIn } from '../../people/sign_in';
import { expect, expectAccessibleInBothThemes, expectAwake, expectFits, test } from '../../people/test';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

/** The wedding of the demo: the client's own gallery with prices. */
async function openGallery(page: Page) {
  await signIn(page, 'client');
  await page.goto('/galleries');
  await page.getByRole('main').getByRole('link', { name: /wedding by the lake/ }).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('wedding by the lake');
}

const tiles = (page: Page) => page.locator('.pv-photo-grid a[href*="/photos/"]');

test('a gallery hangs in the photographer\'s order, and every photograph has a page of its own', async ({ page }) => {
  await openGallery(page);
  const first = (await tiles(page).first().getAttribute('href'))!;
  expect(await tiles(page).count()).toBeGreaterThanOrEqual(14);
  const answer = await page.goto(first);
  expect(answer?.status()).toBe(200);
  const picture = page.getByRole('main').locator('img').first();
  await expect(picture).toHaveJSProperty('complete', true);
  expect(await picture.evaluate((picture: HTMLImageElement) => picture.naturalWidth), 'it can be seen').toBeGreaterThan(0);
  await expect(picture).toHaveAttribute('alt', /\S/);
});

test('nothing jumps while the gallery appears', { tag: '@script' }, async ({ page }) => {
  await openGallery(page);
  await page.reload();
  const shift = await page.evaluate(
    () =>
      new Promise<number>((done) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) if (!entry.hadRecentInput) sum += entry.value;
        }).observe({ type: 'layout-shift', buffered: true });
        requestAnimationFrame(() => requestAnimationFrame(() => done(sum)));
      }),
  );
  expect(shift, 'cumulative layout shift').toBeLessThanOrEqual(0.02);
});

test('the lightbox opens over the wall, follows the arrows, and its address is the photograph\'s', { tag: '@script' }, async ({ page }) => {
  await openGallery(page);
  const gallery = page.url();
  await expectAwake(page);
  const [first, second] = await tiles(page).evaluateAll((all) => all.slice(0, 2).map((link) => link.getAttribute('href')!));
  await tiles(page).first().click();
  const lightbox = page.getByRole('dialog', { name: 'Photograph' });
  await expect(lightbox).toBeVisible();
  await expect(page).toHaveURL(first);
  await page.keyboard.press('ArrowRight');
  await expect(page).toHaveURL(second);
  await page.keyboard.press('Escape');
  await expect(lightbox).toBeHidden();
  await expect(page).toHaveURL(gallery);
});

test('the lightbox is accessible in light and dark, with its prices folded and unfolded', { tag: '@script' }, async ({ page }) => {
  await signIn(page, 'tomas');
  await page.goto(prepared('wedding'));
  await expectAwake(page);
  await tiles(page).nth(8).click();
  const lightbox = page.getByRole('dialog', { name: 'Photograph' });
  const buy = lightbox.getByRole('button', { name: 'Buy', exact: true });
  await expect(buy).toBeVisible();
  const isOpen = (await buy.getAttribute('aria-expanded')) === 'true';
  await expectFits(page);
  await expectAccessibleInBothThemes(page);
  await buy.click();
  await expect(buy).toHaveAttribute('aria-expanded', String(!isOpen));
  await expectFits(page);
  await expectAccessibleInBothThemes(page);
});
