// The counterpart of src/benches/ingest/main.rs, with sharp.
//   node ingest-sharp.mjs <icc|no-icc> <rounds> <workers> <file>…
import { readFileSync } from 'node:fs';
import { cascade } from './support/cascade.mjs';

const [icc, rounds, workers, ...files] = process.argv.slice(2);
const jobs = Array.from({ length: Number(rounds) }, () => files).flat();
const count = jobs.length;
const options = icc === 'icc' ? {} : { ignoreIcc: true };
const cpu = process.cpuUsage();
const start = performance.now();
// one thread per picture, as many pictures at once as there are workers: the highest throughput
await Promise.all(Array.from({ length: Number(workers) }, async () => {
  for (let job; (job = jobs.shift()) !== undefined;) await cascade(job, options);
}));
const wall = (performance.now() - start) / 1000;
const used = process.cpuUsage(cpu);
const peak = Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]);
console.log(JSON.stringify({ tool: `sharp ${icc}`, photos: count, workers: Number(workers), cpu_s: +((used.user + used.system) / 1e6 / count).toFixed(4), photos_per_s: +(count / wall).toFixed(3), peak_mb: Math.round(peak / 1024) }));
