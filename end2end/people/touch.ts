import type { Page } from '@playwright/test';

type Point = { x: number; y: number };

/** Fingers on the screen, as the browser's own input sees them: gestures come of them as on a phone. */
export async function fingers(page: Page) {
  const chromium = await page.context().newCDPSession(page);
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: Point[]) =>
    chromium.send('Input.dispatchTouchEvent', { type, touchPoints: points.map(({ x, y }, id) => ({ x, y, id })) });
  return {
    down: (...points: Point[]) => send('touchStart', points),
    up: () => send('touchEnd', []),
    /** All of them in a straight line, in a few steps. */
    async move(from: Point[], to: Point[], steps = 8) {
      for (let n = 1; n <= steps; n++) {
        const between = (a: number, b: number) => a + ((b - a) * n) / steps;
        await send('touchMove', from.map((point, i) => ({ x: between(point.x, to[i].x), y: between(point.y, to[i].y) })));
      }
    },
  };
}

/** One finger from here to there. */
export async function swipe(page: Page, from: Point, to: Point) {
  const finger = await fingers(page);
  await finger.down(from);
  await finger.move([from], [to]);
  await finger.up();
}
