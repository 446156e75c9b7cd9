// How soon a studio with 100,000 photographs answers after its program is started.
import { figure, median } from './support/figures.mjs';
import { openStudio } from './support/studio.mjs';

const studio = await openStudio({ photos: 100_000 });
const times = [];
for (let round = 0; round < 5; round += 1) {
  await studio.stop();
  times.push(await studio.start());
}
figure('start with 100,000 photographs, until it answers', median(times) / 1000, 's', { most: 1 });
figure('  memory then', studio.memory().now, 'MB', { most: 80 });
await studio.close();
