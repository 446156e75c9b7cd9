// What programs get: a list of 100 of 100,000 images at its first and at its last page, one image, uploads of 2.5 MB that
// are on the disk and in the database when they are acknowledged, and signing in.
import { atOnce, figure, median } from './support/figures.mjs';
import { load } from './support/load.mjs';
import { another, photograph } from './support/photographs.mjs';
import { openStudio } from './support/studio.mjs';

const images = Number(process.env.IMAGES ?? 100_000);
// the client's own images are not counted here: this is about how fast they come
const studio = await openStudio({ photos: images, settings: { IMAGES_PER_PERSON_MB: '1000000' } });
const { base } = studio;

let addresses = 0;
async function signIn() {
  addresses += 1;
  const answer = await fetch(`${base}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': `10.8.${addresses >> 8}.${addresses & 255}` },
    body: JSON.stringify({ email: 'client@photovault.test', password: studio.env.PHOTOVAULT_DEMO_PASSWORD }),
  });
  if (answer.status !== 200) throw new Error(`signing in was answered with ${answer.status}`);
  return (await answer.json()).access;
}
const headers = { authorization: `Bearer ${await signIn()}` };

async function get(path) {
  const answer = await fetch(base + path, { headers });
  if (answer.status !== 200) throw new Error(`${path} was answered with ${answer.status}`);
  return { rows: await answer.json(), next: answer.headers.get('link')?.match(/<([^>]+)>/)?.[1] };
}

const first = '/api/v1/images?limit=100';
let [last, page, pages] = [first, await get(first), 1];
const details = page.rows.map(({ id }) => `/api/v1/images/${id}`);
for (; page.next; pages += 1) [last, page] = [page.next, await get(page.next)];
figure('images in the list', (pages - 1) * 100 + page.rows.length, '');
// the very last page may be short: the one of 100 before it is compared
if (page.rows.length < 100) throw new Error('IMAGES must be a multiple of 100');

const rounds = { first: [], last: [], detail: [] };
await load(base, [first], { headers, seconds: 1 }); // a first, uncounted round
for (let round = 0; round < 3; round += 1) {
  rounds.first.push(await load(base, [first], { headers }));
  rounds.last.push(await load(base, [last], { headers }));
  rounds.detail.push(await load(base, details, { headers }));
}
const typical = (results, of) => median(results.map((result) => result[of]));
figure('list of 100, the first page, 8 connections', typical(rounds.first, 'perSecond'), 'per second', { least: 1500 });
figure('  its p99', typical(rounds.first, 'p99'), 'ms', { most: 20 });
figure('list of 100, the last page', typical(rounds.last, 'perSecond'), 'per second', { least: 1500 });
figure('  its p99', typical(rounds.last, 'p99'), 'ms', { most: 20 });
figure('  what it costs against the first', typical(rounds.first, 'perSecond') / typical(rounds.last, 'perSecond'), 'times', { most: 1.1 });
figure('one image', typical(rounds.detail, 'perSecond'), 'per second', { least: 6000 });
figure('  its p99', typical(rounds.detail, 'p99'), 'ms');

const jpeg = await photograph(12, 2_500_000);
const files = Array.from({ length: 300 }, (_, n) => new Blob([another(jpeg, `upload ${n}`)], { type: 'image/jpeg' }));
async function upload(file) {
  const body = new FormData();
  body.append('image', file, 'image.jpg');
  body.append('title', 'A benchmark');
  const answer = await fetch(`${base}/api/v1/images`, { method: 'POST', headers, body });
  await answer.arrayBuffer();
  if (answer.status !== 201) throw new Error(`an upload was answered with ${answer.status}`);
}
async function perSecond(count, work) {
  const begun = performance.now();
  await work();
  return (count * 1000) / (performance.now() - begun);
}
await atOnce(2, files.slice(0, 20), upload); // a first, uncounted round
const uploads = [];
for (let round = 0; round < 3; round += 1) uploads.push(await perSecond(files.length, () => atOnce(2, files, upload)));
figure('upload of 2.5 MB, acknowledged, two clients', median(uploads), 'per second', { least: 150 });

const signIns = [];
for (let round = 0; round < 3; round += 1) signIns.push(await perSecond(100, () => atOnce(4, Array.from({ length: 100 }), signIn)));
figure('signing in', median(signIns), 'per second', { least: 40 });
await studio.close();
