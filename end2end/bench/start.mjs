// How soon a studio with 100,000 photographs answers after its program is started: that it is ready, and a real page.
import { figure, median } from './support/figures.mjs';
import { openStudio } from './support/studio.mjs';

const studio = await openStudio({ photos: 100_000 });
const cookie = await studio.signIn('client');
const { path, thumbnails } = await studio.largestGallery(cookie);
if (thumbnails.length < 100) throw new Error('the client does not see the large gallery');
const rounds = { ready: [], page: [] };
for (let round = 0; round < 5; round += 1) {
  await studio.stop();
  const begun = performance.now();
  rounds.ready.push(await studio.start());
  await studio.page(path, cookie);
  rounds.page.push(performance.now() - begun);
}
figure('start with 100,000 photographs, until it is ready', median(rounds.ready) / 1000, 's', { most: 1 });
figure('  until a client sees the gallery of all of them', median(rounds.page) / 1000, 's', { most: 1 });
figure('  memory then', studio.memory().now, 'MB', { most: 80 });
await studio.close();
