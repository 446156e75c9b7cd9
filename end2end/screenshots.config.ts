import { defineConfig } from '@playwright/test';
import base from './playwright.config';

/** The README's pictures, taken from the demo studio: `npx playwright test --config screenshots.config.ts`. */
export default defineConfig({ ...base, testDir: '.', testMatch: 'screenshots.ts', projects: [{ name: 'screenshots' }], workers: 1 });
