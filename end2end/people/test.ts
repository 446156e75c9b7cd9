import { createHash } from 'node:crypto';
import AxeBuilder from '@axe-core/playwright';
import { expect, test as base, type BrowserContext, type Page } from '@playwright/test';

type Options = {
  /** Console errors that a test provokes on purpose, such as the browser's word on a 404 it loads. One pattern: two would be read as a value and its options. */
  expectedErrors: RegExp[];
};
type Fixtures = {
  /** Listens to the console of this browser as well. */
  quiet: (context: BrowserContext) => void;
  /** A window of another person: same screen, other cookies. */
  someoneElse: Page;
};

/** Playwright's `test` that fails on any console error or uncaught exception, and whose every test has an address of its own. */
export const test = base.extend<Options & Fixtures>({
  expectedErrors: [[], { option: true }],
  extraHTTPHeaders: async ({}, use, info) => {
    const [a, b, c] = createHash('sha256').update(`${info.testId}${info.retry}`).digest();
    await use({ 'X-Forwarded-For': `10.${a}.${b}.${c}` });
  },
  quiet: [
    async ({ context, expectedErrors }, use) => {
      const errors: string[] = [];
      const listen = (context: BrowserContext) => {
        context.on('console', (message) => {
          if (message.type() === 'error') errors.push(`${message.text()} (${message.location().url})`);
        });
        context.on('weberror', (error) => errors.push(String(error.error())));
      };
      listen(context);
      await use(listen);
      expect(errors.filter((error) => !expectedErrors.some((expected) => expected.test(error))), 'errors in the console').toEqual([]);
    },
    { auto: true },
  ],
  someoneElse: async ({ browser, quiet }, use) => {
    const context = await browser.newContext();
    quiet(context);
    await use(await context.newPage());
    await context.close();
  },
});

export { expect };

/** The browser half is at work, as far as the page has one. */
export async function expectAwake(page: Page) {
  await expect(page.locator('html')).toHaveAttribute('data-awake', 'true');
}

/** Nothing that axe can find: WCAG 2.2 AA and its best practices. */
export async function expectAccessible(page: Page) {
  const axe = new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']);
  // without frames there is nothing to put together, which takes as long again
  if (page.frames().length === 1) axe.setLegacyMode();
  const { violations } = await axe.analyze();
  const found = violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.target.join(' ')} ${node.any[0]?.message ?? ''}`));
  expect(found, 'what axe finds').toEqual([]);
}

/** The same in light and in dark. The page stays: what was opened or typed in it is seen in both. */
export async function expectAccessibleInBothThemes(page: Page) {
  for (const theme of ['light', 'dark'] as const) {
    await page.evaluate((theme) => (document.documentElement.dataset.theme = theme), theme);
    await expectAccessible(page);
  }
}

/** Nothing sticks out sideways. */
export async function expectFits(page: Page) {
  // a phone's window grows with what sticks out of it: it is held to the screen
  const content = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(content, 'width of the page').toBeLessThanOrEqual(page.viewportSize()!.width);
}

/** As chosen with the switch: a cookie, so that the first paint is right. */
export async function chooseTheme(page: Page, theme: 'light' | 'dark', address: string) {
  await page.context().addCookies([{ name: 'pv_theme', value: theme, url: address }]);
}
