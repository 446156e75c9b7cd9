import { createHash } from 'node:crypto';
import AxeBuilder from '@axe-core/playwright';
import { expect, test as base, type Page } from '@playwright/test';

type Options = {
  /** Console errors that a test provokes on purpose, such as the browser's word on a 404 it loads. */
  expectedErrors: RegExp[];
};

/** Playwright's `test` that fails on any console error or uncaught exception, and whose every test has an address of its own. */
export const test = base.extend<Options & { quiet: void }>({
  expectedErrors: [[], { option: true }],
  extraHTTPHeaders: async ({}, use, info) => {
    const [a, b, c] = createHash('sha256').update(`${info.testId}${info.retry}`).digest();
    await use({ 'X-Forwarded-For': `10.${a}.${b}.${c}` });
  },
  quiet: [
    async ({ context, expectedErrors }, use) => {
      const errors: string[] = [];
      context.on('console', (message) => {
        if (message.type() === 'error') errors.push(`${message.text()} (${message.location().url})`);
      });
      context.on('weberror', (error) => errors.push(String(error.error())));
      await use();
      expect(errors.filter((error) => !expectedErrors.some((expected) => expected.test(error))), 'errors in the console').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** Nothing that axe can find: WCAG 2.2 AA and its best practices. */
export async function expectAccessible(page: Page) {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
  const found = violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.target.join(' ')} ${node.any[0]?.message ?? ''}`));
  expect(found, 'what axe finds').toEqual([]);
}

/** Nothing sticks out sideways. */
export async function expectFits(page: Page) {
  const { content, screen } = await page.evaluate(() => ({ content: document.documentElement.scrollWidth, screen: window.innerWidth }));
  expect(content, 'width of the page').toBeLessThanOrEqual(screen);
}

/** As chosen with the switch: a cookie, so that the first paint is right. */
export async function chooseTheme(page: Page, theme: 'light' | 'dark', address: string) {
  await page.context().addCookies([{ name: 'pv_theme', value: theme, url: address }]);
}
