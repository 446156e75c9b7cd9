import { signIn } from '../../people/sign_in';
import { newGalleryWith } from '../../people/studio';
import { expect, test } from '../../people/test';

test.setTimeout(150_000);

test('a wall of more than a hundred photographs goes on as one walks along it, and in pages without a script', async ({ page, javaScriptEnabled }) => {
  await signIn(page, 'photographer');
  const gallery = await newGalleryWith(page, 'Wall', 104, javaScriptEnabled);
  await page.goto(`/galleries/${gallery}`);
  const tiles = page.locator('#wall a[href*="/photos/"]');
  if (!javaScriptEnabled) {
    await expect(tiles).toHaveCount(100);
    await page.getByRole('link', { name: 'More photographs' }).click();
    await expect(tiles).toHaveCount(4);
    await page.getByRole('link', { name: 'Back to the start' }).click();
    await expect(tiles).toHaveCount(100);
    return;
  }
  await expect(page.locator('html')).toHaveAttribute('data-awake', 'true');
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await expect(tiles).toHaveCount(104);
  await expect(page.locator('#more'), 'there is no further page').toHaveCount(0);
  const names = await tiles.locator('img').evaluateAll((all) => all.map((picture) => picture.getAttribute('alt')));
  expect(new Set(names).size, 'none is missing and none hangs twice').toBe(104);

  // from the last one of the first page the lightbox goes on to the second
  await tiles.nth(99).click();
  await expect(page.getByRole('dialog', { name: 'Photograph' })).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(page).toHaveURL((await tiles.nth(100).getAttribute('href'))!);
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(`/galleries/${gallery}`);
  await expect(tiles.nth(100), 'back at the same place of the wall').toBeInViewport();
});
