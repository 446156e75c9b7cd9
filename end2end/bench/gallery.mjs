// What a gallery costs to look at: its page with 500 and with 5,000 photographs, side by side, a thumbnail behind the
// authorisation, signing in, and looking while two hundred others sign in.
import { atOnce, figure, median } from './support/figures.mjs';
import { load } from './support/load.mjs';
import { openStudio } from './support/studio.mjs';

const small = await openStudio({ photos: 500 });
const large = await openStudio({ photos: 5000 });
const visitors = [];
for (const studio of [small, large]) {
  const cookie = await studio.signIn('client');
  visitors.push({ base: studio.base, cookie, ...(await studio.largestGallery(cookie)) });
}
const [few, many] = visitors;
figure('tiles on the first page', few.thumbnails.length, '');

const rounds = { few: [], many: [], thumbnails: [] };
await load(few.base, [few.path], { cookie: few.cookie, seconds: 1 }); // a first, uncounted round
for (let round = 0; round < 3; round += 1) {
  rounds.few.push(await load(few.base, [few.path], few));
  rounds.many.push(await load(many.base, [many.path], many));
  rounds.thumbnails.push(await load(few.base, few.thumbnails, few));
}
const typical = (results, of) => median(results.map((result) => result[of]));
figure('gallery page of 500 photographs, 8 connections', typical(rounds.few, 'perSecond'), 'per second', { least: 700 });
figure('  its p99', typical(rounds.few, 'p99'), 'ms', { most: 30 });
figure('gallery page of 5,000 photographs', typical(rounds.many, 'perSecond'), 'per second');
figure('  what it costs against 500', typical(rounds.few, 'perSecond') / typical(rounds.many, 'perSecond'), 'times', { most: 1.2 });
figure('thumbnail, 8 connections', typical(rounds.thumbnails, 'perSecond'), 'per second', { least: 4000 });
figure('  its p99', typical(rounds.thumbnails, 'p99'), 'ms');

async function timed(work) {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}
const everybody = ['client', 'photographer', 'owner'];
const signIns = await atOnce(2, Array.from({ length: 42 }), (_, n) => timed(() => small.signIn(everybody[n % 3])));
figure('signing in, 2 connections, p50', median(signIns), 'ms', { most: 60 });

const idle = await load(few.base, [few.path], few);
const crowd = timed(async () => {
  const answers = await atOnce(200, Array.from({ length: 200 }), (_, n) => small.trySignIn(everybody[n % 3]));
  figure('200 people sign in at once: let in', answers.filter(({ status }) => status === 303).length);
  figure('  asked to come back later', answers.filter(({ status }) => status === 429 || status === 503).length);
});
const during = await load(few.base, [few.path], few);
figure('  all are answered after', (await crowd) / 1000, 's');
figure('  p99 of the gallery meanwhile, against idle', during.p99 / Math.max(idle.p99, 1), 'times', { most: 3 });
await small.close();
await large.close();
