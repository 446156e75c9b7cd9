// What the rounds of ingest.sh come to: medians, and sharp against ours.
//   node ingest-figures.mjs <ingest.jsonl> <scores.txt>
import { readFileSync } from 'node:fs';
import { figure, median } from './support/figures.mjs';

const [rounds, scores] = process.argv.slice(2).map((file) => readFileSync(file, 'utf8').trim().split('\n'));
const lines = rounds.map((line) => JSON.parse(line));
const typical = (tool, key) => median(lines.filter((line) => line.tool === tool).map((line) => line[key]));
const ours = (key) => typical('photovault', key);

for (const tool of ['photovault', 'sharp icc', 'sharp no-icc']) {
  figure(`${tool}: CPU per photograph`, typical(tool, 'cpu_s'), 's');
  figure('  photographs a second', typical(tool, 'photos_per_s'), 'per second');
  figure('  memory at the peak', typical(tool, 'peak_mb'), 'MB');
}
figure("sharp's CPU per photograph against ours", typical('sharp icc', 'cpu_s') / ours('cpu_s'), 'times', { least: 2.5 });
figure('  where it ignores colour profiles', typical('sharp no-icc', 'cpu_s') / ours('cpu_s'), 'times', { least: 1.6 });
figure("our photographs a second against sharp's", ours('photos_per_s') / typical('sharp icc', 'photos_per_s'), 'times', { least: 2.4 });
figure("our memory at the peak against sharp's", ours('peak_mb') / typical('sharp icc', 'peak_mb'), 'times', { most: 0.5 });
for (const line of scores) {
  const [, variant, mine, theirs, bytes] = /^(\S+) +SSIMULACRA2 (\S+), sharp (\S+) .* at (\S+) times/.exec(line);
  figure(`${variant}: SSIMULACRA2, mean`, Number(mine), '', { least: Number(theirs) });
  figure("  its bytes against sharp's", Number(bytes), 'times', { least: 0.98, most: 1.02 });
}
