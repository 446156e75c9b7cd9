import { type Page } from '@playwright/test';
import { signIn } from '../../people/sign_in';
import { newGalleryWith } from '../../people/studio';
import { expect, expectAccessible, test } from '../../people/test';
import { fingers } from '../../people/touch';

const frames = (page: Page) => page.locator('.pv-photo-grid > li[data-id]');
const order = (page: Page) => frames(page).evaluateAll((all) => all.map((frame) => frame.getAttribute('data-id')!));

/** What is done to the order arrives at the server, and is there after loading the page again. */
async function keeps(page: Page, expected: string[], change: () => Promise<void>) {
  const answer = page.waitForResponse('**/_fn/reorder_photos');
  await change();
  expect((await answer).status()).toBe(200);
  expect(await order(page)).toEqual(expected);
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-awake', 'true');
  expect(await order(page)).toEqual(expected);
}

test('photographs are put in order by dragging them', { tag: '@script' }, async ({ page, hasTouch }) => {
  test.skip(hasTouch, 'needs a mouse');
  // all of them in sight: scrolling with the button held down would take hold of another one
  await page.setViewportSize({ width: 1440, height: 1900 });
  await signIn(page, 'photographer');
  await newGalleryWith(page, 'Order', 4);
  const [a, b, c, d] = await order(page);
  await keeps(page, [d, a, b, c], () => frames(page).nth(3).dragTo(frames(page).nth(0), { targetPosition: { x: 8, y: 30 } }));
  // to the very end
  const last = (await frames(page).nth(3).boundingBox())!;
  await keeps(page, [a, b, c, d], () => frames(page).nth(0).dragTo(frames(page).nth(3), { targetPosition: { x: last.width - 8, y: 30 } }));
});

test('photographs are put in order with the arrow keys, and the focus goes along', { tag: '@script' }, async ({ page }) => {
  await signIn(page, 'photographer');
  await newGalleryWith(page, 'Keys', 3);
  const [a, b, c] = await order(page);
  await frames(page).nth(0).locator('.pv-photo-grip').focus();
  const kept = page.waitForResponse('**/_fn/reorder_photos');
  await page.keyboard.press('ArrowRight');
  await kept;
  await expect(page.locator(`[data-id="${a}"] .pv-photo-grip`)).toBeFocused();
  await expect(page.getByText('Now number 2 of 3 on this page.')).toBeAttached();
  await keeps(page, [b, c, a], () => page.keyboard.press('ArrowRight'));
  await expectAccessible(page);
});

test('photographs are put in order with a finger on their grip', { tag: '@script' }, async ({ page, hasTouch }) => {
  test.skip(!hasTouch, 'needs fingers');
  await signIn(page, 'photographer');
  await newGalleryWith(page, 'Finger', 3);
  const [a, b, c] = await order(page);
  await frames(page).nth(2).evaluate((frame) => frame.scrollIntoView({ block: 'center' }));
  const grip = (await frames(page).nth(2).locator('.pv-photo-grip').boundingBox())!;
  const target = (await frames(page).nth(0).boundingBox())!;
  const from = { x: grip.x + grip.width / 2, y: grip.y + grip.height / 2 };
  await keeps(page, [c, a, b], async () => {
    const finger = await fingers(page);
    await finger.down(from);
    await finger.move([from], [{ x: target.x + 6, y: target.y + 20 }]);
    await finger.up();
  });
});
