// What a browser loads before a gallery works: the scripts, the wasm and the styles that it asks for, in brotli; and what
// is seen of the gallery where no script runs.
import { chromium } from '@playwright/test';
import { brotliCompressSync, constants } from 'node:zlib';
import { figure } from './support/figures.mjs';
import { openStudio } from './support/studio.mjs';

const studio = await openStudio();
const cookie = await studio.signIn('client');
const { path } = await studio.largestGallery(cookie);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
const page = await browser.newPage({ extraHTTPHeaders: { cookie } });
const files = new Set();
page.on('request', (request) => /\.(js|wasm|css)$/.test(new URL(request.url()).pathname) && files.add(request.url()));
await page.goto(studio.base + path);
await page.waitForSelector('html[data-awake=true]', { state: 'attached' });
let total = 0;
for (const file of files) {
  const bytes = Buffer.from(await (await fetch(file)).arrayBuffer());
  const packed = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
  figure(new URL(file).pathname, packed / 1024, 'KB');
  total += packed;
}
if (![...files].some((file) => file.endsWith('.wasm'))) throw new Error('the gallery came to life without wasm');
figure('first view: JS, wasm and CSS, brotli', total / 1024, 'KB', { most: 250 });

const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true };
for (const [name, screen] of [['desktop', { viewport: { width: 1440, height: 900 } }], ['phone', phone]]) {
  const context = await browser.newContext({ ...screen, javaScriptEnabled: false, extraHTTPHeaders: { cookie } });
  const page = await context.newPage();
  await page.goto(studio.base + path, { waitUntil: 'load' });
  const largest = await page.evaluate(() => {
    const seen = (picture) => {
      const { left, right, top, bottom } = picture.getBoundingClientRect();
      return Math.max(0, Math.min(right, innerWidth) - Math.max(left, 0)) * Math.max(0, Math.min(bottom, innerHeight) - Math.max(top, 0));
    };
    const [picture] = [...document.images].sort((a, b) => seen(b) - seen(a));
    return picture && { share: seen(picture) / (innerWidth * innerHeight), pixels: picture.complete ? picture.naturalWidth : 0, isShown: picture.checkVisibility({ opacityProperty: true, visibilityProperty: true }) };
  });
  if (!largest?.isShown) throw new Error(`the gallery shows no picture on a ${name} without JavaScript`);
  figure(`without JavaScript, ${name}: largest picture's share of the screen`, largest.share * 100, '%');
  figure('  its natural width', largest.pixels, 'pixels', { least: 1 });
  await context.close();
}
await browser.close();
await studio.close();
