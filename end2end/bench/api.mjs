// What programs get: a list of 100 of 100,000 images at its first and at its last page, one image, uploads of 2.5 MB that
// are on the disk and in the database when they are acknowledged, and signing in.
import { open, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
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

// Each client has a connection of its own and sends bytes that were put together before: what is measured is the server.
const jpeg = await photograph(12, 2_500_000);
const boundary = 'a-line-that-no-photograph-holds';
const type = `multipart/form-data; boundary=${boundary}`;
const bodyOf = (name) =>
  Buffer.concat([
    Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="title"\r\n\r\nA benchmark\r\n`),
    Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="image"; filename="image.jpg"\r\ncontent-type: image/jpeg\r\n\r\n`),
    another(jpeg, name),
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
const clients = [0, 1].map(() => new Agent({ keepAlive: true, maxSockets: 1 }));
function upload(agent, body) {
  return new Promise((done, failed) => {
    const question = request(`${base}/api/v1/images`, { method: 'POST', agent, headers: { ...headers, 'content-type': type, 'content-length': body.length } }, (answer) => {
      answer.resume();
      answer.on('end', () => (answer.statusCode === 201 ? done() : failed(new Error(`an upload was answered with ${answer.statusCode}`))));
    });
    question.on('error', failed);
    question.end(body);
  });
}
/** Two workers, each with its half of the things. */
async function perSecond(things, work) {
  const begun = performance.now();
  await Promise.all([0, 1].map(async (worker) => {
    for (const [n, thing] of things.entries()) if (n % 2 === worker) await work(thing, worker);
  }));
  return (things.length * 1000) / (performance.now() - begun);
}
/** The least that keeping a file costs here: it is written and on the disk. */
let kept = 0;
async function keep(bytes) {
  const file = await open(`${studio.data}/ceiling-${(kept += 1)}`, 'wx');
  await file.writeFile(bytes);
  await file.sync();
  await file.close();
}
const sent = { uploads: [], ceiling: [], ratio: [], client: [] };
for (let round = 0; round < 4; round += 1) {
  // no two alike: the same bytes once more would not be written again
  const bodies = Array.from({ length: round ? 200 : 20 }, (_, n) => bodyOf(`upload ${n} of round ${round}`));
  const ceiling = await perSecond(bodies, keep);
  for (; kept > 0; kept -= 1) await rm(`${studio.data}/ceiling-${kept}`);
  const [cpu, begun] = [process.cpuUsage(), performance.now()];
  const uploads = await perSecond(bodies, (body, client) => upload(clients[client], body));
  const { user, system } = process.cpuUsage(cpu);
  if (!round) continue; // a first, uncounted round
  sent.uploads.push(uploads);
  sent.ceiling.push(ceiling);
  sent.ratio.push(uploads / ceiling);
  sent.client.push((user + system) / 10 / (performance.now() - begun));
}
clients.forEach((agent) => agent.destroy());
figure('upload of 2.5 MB, acknowledged, two clients', median(sent.uploads), 'per second', { least: 150 });
figure('  the disk alone: the same files written and synced by two', median(sent.ceiling), 'per second');
figure('  ratio', median(sent.ratio), 'times');
figure('  what the measuring client takes of one core', median(sent.client), '%');

const signIns = [];
for (let round = 0; round < 3; round += 1) {
  const begun = performance.now();
  await atOnce(4, Array.from({ length: 100 }), signIn);
  signIns.push(100_000 / (performance.now() - begun));
}
figure('signing in', median(signIns), 'per second', { least: 40 });
await studio.close();
