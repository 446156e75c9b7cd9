// A photographer's evening: a hundred photographs through the form, until all their variants are ready, against the time
// that sharp alone takes for the same variants; and the memory of the server meanwhile.
import { setTimeout } from 'node:timers/promises';
import { cascade } from './support/cascade.mjs';
import { atOnce, figure, median } from './support/figures.mjs';
import { another, photograph } from './support/photographs.mjs';
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
const form = formOf(await studio.page(gallery, cookie), 'type="file"');
const field = attribute(form.html.match(/<input[^>]*type="file"[^>]*>/)[0], 'name');

/** Sends one file through the page's own form. */
async function upload(bytes, name) {
  const body = new FormData();
  for (const [name, value] of Object.entries(form.hidden)) body.append(name, value);
  body.append(field, new Blob([bytes], { type: 'image/jpeg' }), name);
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
    await setTimeout(100);
  }
}

async function seconds(work) {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1000;
}

const jpeg = await photograph(12, 2_500_000);
const rounds = [];
for (let round = 0; round < 3; round += 1) {
  const hundred = Array.from({ length: 100 }, (_, n) => another(jpeg, `photograph ${n} of round ${round}`));
  const sharps = await seconds(() => atOnce(2, hundred, (bytes) => cascade(bytes)));
  const ours = await seconds(async () => {
    await atOnce(3, hundred, (bytes, n) => upload(bytes, `evening-${round}-${n}.jpg`));
    await ready();
  });
  rounds.push({ ours, sharps, ratio: ours / sharps });
}
const typical = (of) => median(rounds.map((round) => round[of]));
figure('100 uploads of 2.5 MB, until all variants are ready', typical('ours'), 's');
figure("  sharp's cascade alone for the same 100", typical('sharps'), 's');
figure('  ratio', typical('ratio'), 'times', { most: 0.85 });

const client = await studio.signIn('client');
const wedding = await studio.largestGallery(client);
if (!wedding.thumbnails.length) throw new Error('the client has no gallery with photographs to look at');
const camera = await photograph(24, 9_000_000);
const browsing = new AbortController();
let pictures = 0;
/** Looks at the gallery again and again: its page, its wall, and each photograph as large as it gets. */
async function browse() {
  const sizes = ['thumb', 'web-2048'].flatMap((size) => wedding.thumbnails.map((path) => path.replace('thumb', size)));
  while (!browsing.signal.aborted) {
    await studio.page(wedding.path, client);
    for (const path of sizes) {
      if (browsing.signal.aborted) return;
      const picture = await fetch(studio.base + path, { headers: { cookie: client } });
      await picture.arrayBuffer();
      if (picture.status !== 200) throw new Error(`${path} was answered with ${picture.status}`);
      pictures += 1;
    }
  }
}
studio.forgetPeak();
const visitors = [browse(), browse()];
await atOnce(20, Array.from({ length: 40 }), (_, n) => upload(another(camera, `camera ${n}`), `camera-${n}.jpg`));
await ready();
const { peak } = studio.memory();
browsing.abort();
await Promise.all(visitors);
figure('pictures that two visitors looked at meanwhile', pictures);
figure('memory at the peak, 20 people uploading 24 MP while two look', peak, 'MB', { most: 350 });

// One file near the limit: a small picture with a very long comment, so that only its way through the server counts.
const huge = another(await photograph(1, 300_000), 'a long story', 199 * 1024 * 1024);
studio.forgetPeak();
let before = studio.memory().now;
await upload(huge, 'huge.jpg');
figure('  what an upload of 200 MB adds', studio.memory().peak - before, 'MB', { most: 32 });
await ready();
await setTimeout(1000);

/** All photographs of the gallery, page by page. */
async function photographs() {
  const found = new Set();
  for (let path = gallery; path; ) {
    const html = await studio.page(path, cookie);
    for (const [id] of html.matchAll(/(?<=\/media\/)[0-9a-f-]{36}/g)) found.add(id);
    const next = html.match(/<a[^>]*rel="next"[^>]*>/);
    path = next && attribute(next[0], 'href');
  }
  return [...found];
}
async function isHuge(photo) {
  const answer = await fetch(`${studio.base}/downloads/${photo}/original`, { method: 'HEAD', headers: { cookie } });
  return Number(answer.headers.get('content-length')) === huge.length;
}
let photo;
for (const candidate of (await photographs()).reverse()) {
  if (await isHuge(candidate)) {
    photo = candidate;
    break;
  }
}
if (!photo) throw new Error('the photograph of 200 MB is not in its gallery');
studio.forgetPeak();
before = studio.memory().now;
const answer = await fetch(`${studio.base}/downloads/${photo}/original`, { headers: { cookie } });
let length = 0;
for await (const chunk of answer.body) length += chunk.length;
if (length !== huge.length) throw new Error(`the download of 200 MB ended after ${length} bytes`);
figure('  what a download of 200 MB adds', studio.memory().peak - before, 'MB', { most: 32 });
await studio.close();
