import { type Page } from '@playwright/test';
import { signIn } from '../../people/sign_in';
import { expect, test } from '../../people/test';
import { fingers, swipe } from '../../people/touch';
import { inTurn } from '../../people/turn';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

const lightbox = (page: Page) => page.getByRole('dialog', { name: 'Photograph' });
const tiles = (page: Page) => page.locator('#wall a[href*="/photos/"]');

/** The demo client's wedding, with the lightbox open at one of its photographs. */
async function openLightbox(page: Page, index = 0) {
  await signIn(page, 'client');
  await page.goto('/galleries');
  await page.getByRole('main').getByRole('link', { name: /wedding by the lake/ }).first().click();
  await expect(page.locator('html')).toHaveAttribute('data-awake', 'true');
  const addresses = await tiles(page).evaluateAll((all) => all.map((link) => link.getAttribute('href')!));
  await tiles(page).nth(index).click();
  await expect(lightbox(page)).toBeVisible();
  await expect(page).toHaveURL(addresses[index]);
  return addresses;
}

/** How far the picture is magnified. */
const scale = (page: Page) =>
  page.locator('.pv-lightbox-stage > img').evaluate((picture) => new DOMMatrix(getComputedStyle(picture).transform).a);

test('a photograph goes into the cart without leaving it, and the bar counts it', { tag: '@script' }, ({ page }) =>
  inTurn('cart-of-client', async () => {
    const addresses = await openLightbox(page);
    // what the other journeys have bought meanwhile is passed over
    const add = lightbox(page).getByRole('button', { name: 'Add to cart' }).first();
    let n = 0;
    for (; ; n++) {
      expect(n, 'photographs that can still be bought').toBeLessThan(addresses.length);
      await expect(page).toHaveURL(addresses[n]);
      const buy = lightbox(page).getByRole('button', { name: 'Buy', exact: true });
      if (await buy.waitFor({ timeout: 2_000 }).then(() => true, () => false)) {
        if ((await buy.getAttribute('aria-expanded')) === 'false') await buy.click();
        break;
      }
      await page.keyboard.press('ArrowRight');
    }
    const before = Number(/\d+/.exec((await page.locator('.pv-bar a[href="/cart"]').getAttribute('aria-label')) ?? '')?.[0] ?? 0);
    await add.click();
    await expect(lightbox(page).getByRole('status')).toHaveText('Added to your cart.');
    await expect(lightbox(page).getByRole('link', { name: 'Open cart' })).toBeVisible();
    await expect(page.locator('.pv-bar a[href="/cart"]')).toHaveAttribute('aria-label', new RegExp(`\\b${before + 1}\\b`));
    // and out again, so that the next one finds the cart as it was
    await page.goto('/cart');
    const photo = addresses[n].split('/').at(-1);
    await page.locator(`form[action$="/remove_from_cart"]:has(input[name=photo][value="${photo}"])`).getByRole('button').click();
    await expect(page.getByText('Removed from your cart.')).toBeVisible();
  }),
);

test('a swipe turns the page both ways, and one downwards goes back to the wall', { tag: '@script' }, async ({ page, hasTouch }) => {
  test.skip(!hasTouch, 'needs fingers');
  const addresses = await openLightbox(page);
  await swipe(page, { x: 320, y: 350 }, { x: 60, y: 355 });
  await expect(page).toHaveURL(addresses[1]);
  await swipe(page, { x: 60, y: 350 }, { x: 320, y: 345 });
  await expect(page).toHaveURL(addresses[0]);
  await swipe(page, { x: 200, y: 250 }, { x: 205, y: 480 });
  await expect(lightbox(page)).toBeHidden();
});

test('two fingers magnify the photograph and make it plain again, and no swipe turns it meanwhile', { tag: '@script' }, async ({ page, hasTouch }) => {
  test.skip(!hasTouch, 'needs fingers');
  const addresses = await openLightbox(page);
  const finger = await fingers(page);
  const [near, far] = [
    [{ x: 180, y: 350 }, { x: 210, y: 350 }],
    [{ x: 90, y: 350 }, { x: 300, y: 350 }],
  ];
  await finger.down(...near);
  await finger.move(near, far);
  await finger.up();
  await expect.poll(() => scale(page)).toBeGreaterThan(2);
  await swipe(page, { x: 320, y: 350 }, { x: 60, y: 355 });
  await expect(page, 'a finger moves the magnified picture').toHaveURL(addresses[0]);
  await finger.down(...far);
  await finger.move(far, near);
  await finger.up();
  await expect.poll(() => scale(page)).toBe(1);
});

test('a double click looks closer and a second one steps back', { tag: '@script' }, async ({ page, hasTouch }) => {
  test.skip(hasTouch, 'needs a mouse');
  await openLightbox(page);
  await page.locator('.pv-lightbox-stage').dblclick({ position: { x: 500, y: 300 } });
  await expect.poll(() => scale(page)).toBe(2.5);
  await page.locator('.pv-lightbox-stage').dblclick({ position: { x: 500, y: 300 } });
  await expect.poll(() => scale(page)).toBe(1);
});

test('quick clicks on the arrows turn the pages and never magnify', { tag: '@script' }, async ({ page, hasTouch }) => {
  test.skip(hasTouch, 'needs a mouse');
  const addresses = await openLightbox(page);
  const next = lightbox(page).getByRole('button', { name: 'Next photograph' });
  await next.dblclick();
  await expect(page).toHaveURL(addresses[2]);
  await next.dblclick();
  await expect(page).toHaveURL(addresses[4]);
  await lightbox(page).getByRole('button', { name: 'Previous photograph' }).dblclick();
  await expect(page).toHaveURL(addresses[2]);
  expect(await scale(page)).toBe(1);
});

test('a finger that rests on a photograph of the wall gets its actions', { tag: '@script' }, async ({ page, hasTouch }) => {
  test.skip(!hasTouch, 'needs fingers');
  await signIn(page, 'client');
  await page.goto('/galleries');
  await page.getByRole('main').getByRole('link', { name: /wedding by the lake/ }).first().click();
  await expect(page.locator('html')).toHaveAttribute('data-awake', 'true');
  await tiles(page).nth(1).evaluate((tile) => tile.scrollIntoView({ block: 'center' }));
  const place = (await tiles(page).nth(1).boundingBox())!;
  const finger = await fingers(page);
  await finger.down({ x: place.x + place.width / 2, y: place.y + place.height / 2 });
  const held = page.locator('li.pv-photo[data-held]');
  await expect(held).toHaveCount(1);
  await finger.up();
  await expect(held.getByRole('button', { name: 'Save for later' })).toBeVisible();
  await expect(held.locator('.pv-photo-actions')).toHaveCSS('opacity', '1');
  await expect(lightbox(page), 'it is not opened by that').toBeHidden();
});

test.describe('where motion is welcome', () => {
  test.use({ contextOptions: { reducedMotion: 'no-preference' } });

  test('the photograph grows out of its tile and shrinks back into it', { tag: '@script' }, async ({ page }) => {
    await page.addInitScript(() => {
      const began: string[] = [];
      Object.assign(window, { began });
      const begin = document.startViewTransition.bind(document);
      document.startViewTransition = (change) => {
        const transition = begin(change);
        transition.ready.then(
          () => began.push(document.querySelector('[data-travels]') ? 'to its tile' : 'to the lightbox'),
          (reason) => began.push(String(reason)),
        );
        return transition;
      };
    });
    const began = () => page.evaluate(() => (window as unknown as { began: string[] }).began);
    await openLightbox(page, 2);
    await expect.poll(began).toEqual(['to the lightbox']);
    await page.keyboard.press('Escape');
    await expect(lightbox(page)).toBeHidden();
    await expect.poll(began).toEqual(['to the lightbox', 'to its tile']);
    await expect(tiles(page).nth(2)).toBeFocused();
  });
});
