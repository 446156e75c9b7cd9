// What a browser loads before a gallery works: the scripts, the wasm and the styles that its page names, in brotli.
import { brotliCompressSync, constants } from 'node:zlib';
import { figure } from './support/figures.mjs';
import { openStudio } from './support/studio.mjs';

const studio = await openStudio();
const cookie = await studio.signIn('client');
const { path } = await studio.largestGallery(cookie);
const html = await studio.page(path, cookie);
const files = new Set([...html.matchAll(/["'(]([^"'()\s]*\.(?:js|wasm|css))(?:\?[^"'()\s]*)?["')]/g)].map(([, file]) => new URL(file, studio.base).pathname));
let total = 0;
for (const file of files) {
  const bytes = Buffer.from(await (await fetch(studio.base + file)).arrayBuffer());
  const packed = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
  figure(file, packed / 1024, 'KB');
  total += packed;
}
figure('first view: JS, wasm and CSS, brotli', total / 1024, 'KB', { most: 250 });
await studio.close();
