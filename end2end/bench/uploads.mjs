// A photographer's evening: a hundred photographs through the form, until all their variants are ready, against the time
// that sharp alone takes for the same variants; and the memory of the server meanwhile.
import { setTimeout } from 'node:timers/promises';
import { atOnce, figure } from './support/figures.mjs';
import { another, photograph, sharp } from './support/photographs.mjs';
import { attribute, formOf, openStudio } from './support/studio.mjs';

const studio = await openStudio();
const cookie = await studio.signIn('photographer');
const [gallery] = (await studio.page('/studio/galleries', cookie)).match(/\/studio\/galleries\/[0-9a-f-]{36}/);
await ready();
// Started anew: the first start has just painted the demo's photographs, which no studio does.
await studio.stop();
await studio.start();
await setTimeout(2000);
figure('memory at rest', studio.memory().now, 'MB', { most: 80 });

/** Sends one file through the page's own form. */
async function upload(bytes, name) {
  const form = formOf(await studio.page(gallery, cookie), 'type="file"');
  const body = new FormData();
  for (const [field, value] of Object.entries(form.hidden)) body.append(field, value);
  body.append(attribute(form.html.match(/<input[^>]*type="file"[^>]*>/)[0], 'name'), new Blob([bytes], { type: 'image/jpeg' }), name);
  const answer = await studio.post(form.action, body, cookie);
  await answer.arrayBuffer();
  if (answer.status !== 303) throw new Error(`${name} was answered with ${answer.status}`);
}

/** Until nothing is in preparation any more, as the photographer's overview counts it. */
async function ready() {
  for (;;) {
    const html = await studio.page('/studio', cookie);
    const count = html.match(/data-preparing="(\d+)"/);
    if (!count) throw new Error('the overview does not say how many photographs are in preparation');
    if (count[1] === '0') return;
    await setTimeout(50);
  }
}

async function seconds(work) {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1000;
}

/** What our pipeline makes of a photograph, the way sharp is best used: one decode, then a cascade. */
async function cascade(jpeg) {
  const fit = (size) => ({ width: size, height: size, fit: 'inside' });
  const large = await sharp(jpeg).rotate().toColourspace('srgb').resize(fit(2048)).raw().toBuffer({ resolveWithObject: true });
  const from = (picture) => sharp(picture.data, { raw: picture.info });
  const middle = await from(large).resize(fit(1024)).raw().toBuffer({ resolveWithObject: true });
  const encode = (picture) => picture.jpeg({ quality: 82 }).toBuffer();
  await encode(from(large));
  await encode(from(large).composite([{ input: mark, tile: true }]));
  await encode(from(middle));
  await encode(from(middle).composite([{ input: mark, tile: true }]));
  await from(middle).resize(fit(400)).webp({ quality: 80 }).toBuffer();
}
const mark = await sharp({ create: { width: 256, height: 128, channels: 4, background: { r: 255, g: 255, b: 255, alpha: 0.2 } } }).png().toBuffer();

const jpeg = await photograph(12, 2_500_000);
const hundred = Array.from({ length: 100 }, (_, n) => another(jpeg, `photograph ${n}`));
const sharpAlone = await seconds(() => atOnce(2, hundred, cascade));
const ours = await seconds(async () => {
  await atOnce(3, hundred, (bytes, n) => upload(bytes, `evening-${n}.jpg`));
  await ready();
});
figure('100 uploads of 2.5 MB, until all variants are ready', ours, 's');
figure("  sharp's cascade alone for the same 100", sharpAlone, 's');
figure('  ratio', ours / sharpAlone, 'times', { most: 0.85 });

const camera = await photograph(24, 9_000_000);
const browsing = new AbortController();
const visitors = [0, 1].map(async () => {
  while (!browsing.signal.aborted) await studio.page(gallery, cookie);
});
await atOnce(20, Array.from({ length: 40 }), (_, n) => upload(another(camera, `camera ${n}`), `camera-${n}.jpg`));
await ready();
browsing.abort();
await Promise.all(visitors);
figure('memory at the peak, 20 people uploading 24 MP while two look', studio.memory().peak, 'MB', { most: 350 });

// One file near the limit: a small picture with a very long comment, so that only its way through the server counts.
const huge = another(await photograph(1, 300_000), 'a long story', 199 * 1024 * 1024);
studio.forgetPeak();
let before = studio.memory().now;
await upload(huge, 'huge.jpg');
figure('  what an upload of 200 MB adds', studio.memory().peak - before, 'MB', { most: 32 });
await ready();
await setTimeout(1000);
const photos = new Set((await studio.page(gallery, cookie)).match(/(?<=\/media\/)[0-9a-f-]{36}/g));
for (const photo of photos) {
  studio.forgetPeak();
  before = studio.memory().now;
  const answer = await fetch(`${studio.base}/downloads/${photo}/original`, { headers: { cookie } });
  let length = 0;
  for await (const chunk of answer.body) length += chunk.length;
  if (length === huge.length) figure('  what a download of 200 MB adds', studio.memory().peak - before, 'MB', { most: 32 });
}
await studio.close();
