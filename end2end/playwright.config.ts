import { defineConfig, type PlaywrightTestConfig } from '@playwright/test';
import { address, bank } from './people/server';

/** Debian's Chromium; the flags keep it from calling anybody but the server under test. */
const chromium = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
};
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const tablet = { viewport: { width: 768, height: 1024 }, isMobile: true, hasTouch: true };
const desktop = { viewport: { width: 1440, height: 900 } };
const withoutScript = { javaScriptEnabled: false };
/** What only JavaScript can do, such as the lightbox, is tagged. */
const plain = /^(?!.*@script)/;

const config: PlaywrightTestConfig = {
  testDir: 'tests',
  // One server with one demo studio serves all of them: a test that changes things makes its own, or takes a turn (people/turn.ts).
  fullyParallel: true,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: !!process.env.CI,
  retries: process.env.CI ? 1 : 0, // a second try is reported as flaky, never silently
  reporter: [['list']],
  use: {
    baseURL: address,
    launchOptions: chromium,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'ready', testMatch: 'ready.ts' },
    { name: 'desktop', use: desktop, dependencies: ['ready'] },
    { name: 'phone', use: phone, dependencies: ['ready'] },
    // between the two only what a page looks like, and the way through all of them
    { name: 'tablet', testMatch: /(pages|journey)\.spec\.ts$/, use: tablet, dependencies: ['ready'] },
    { name: 'desktop-no-js', grep: plain, use: { ...desktop, ...withoutScript }, dependencies: ['ready'] },
    { name: 'phone-no-js', grep: plain, use: { ...phone, ...withoutScript }, dependencies: ['ready'] },
  ],
  webServer: [
    {
      command: `node bank/stripe.mjs ${new URL(bank).port} ${address}/api/payments/webhook`,
      url: bank,
      reuseExistingServer: false,
      stderr: 'pipe',
    },
    {
      command: './serve.sh',
      env: { PHOTOVAULT_TEST_BANK: bank },
      url: `${address}/healthz`,
      reuseExistingServer: false,
      timeout: 300_000, // it paints the demo studio's photographs first
      gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
      stdout: 'ignore',
      stderr: 'pipe',
    },
  ],
};

export default defineConfig(config);
