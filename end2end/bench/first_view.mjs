// What a browser loads before a gallery works: the scripts, the wasm and the styles that it asks for, in brotli.
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
await browser.close();
await studio.close();
