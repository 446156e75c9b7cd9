// The counterpart of src/benches/ingest/main.rs: the same six pictures and the thumbhash's small one from each photograph,
// with sharp as its authors advise: one decode, then a cascade over raw pixels.
//   node ingest-sharp.mjs <icc|no-icc> <rounds> <workers> <file>…
import { readFileSync } from 'node:fs'
import { sharp } from './support/photographs.mjs'

const [icc, rounds, workers, ...files] = process.argv.slice(2)
// One thread per picture, as many pictures at once as there are workers: the highest throughput.
sharp.concurrency(1)
sharp.cache(false)

const text = '© Jane Roe Photography'
const tiles = new Map()
async function tile (long) {
  if (!tiles.has(long)) {
    const size = Math.round(long / 24)
    const [w, h] = [size * 4, size * 6]
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}"><text x="0" y="${h / 2}" transform="rotate(-30 ${w / 2} ${h / 2})" font-size="${size}" fill="white" fill-opacity="0.4" stroke="black" stroke-opacity="0.2">${text}</text></svg>`
    tiles.set(long, await sharp(Buffer.from(svg)).png().toBuffer())
  }
  return tiles.get(long)
}

async function develop (file) {
  const fit = long => ({ width: long, height: long, fit: 'inside', withoutEnlargement: true })
  const options = icc === 'icc' ? {} : { ignoreIcc: true }
  let { data, info } = await sharp(file, options).rotate().resize(fit(2048)).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  const raw = () => sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } })
  for (const [long, quality] of [[2048, 82], [1024, 82], [400, 80]]) {
    if (long < 2048) ({ data, info } = await raw().resize(fit(long)).raw().toBuffer({ resolveWithObject: true }))
    await raw().jpeg({ quality }).toBuffer()
    await raw().composite([{ input: await tile(long), tile: true }]).removeAlpha().jpeg({ quality }).toBuffer()
  }
  await raw().resize(fit(100)).raw().toBuffer()
}

const jobs = Array.from({ length: Number(rounds) }, () => files).flat()
const count = jobs.length
const cpu = process.cpuUsage()
const start = performance.now()
await Promise.all(Array.from({ length: Number(workers) }, async () => {
  for (let job; (job = jobs.shift()) !== undefined;) await develop(job)
}))
const wall = (performance.now() - start) / 1000
const used = process.cpuUsage(cpu)
const peak = Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1])
console.log(JSON.stringify({ tool: `sharp ${icc}`, photos: count, workers: Number(workers), cpu_s: +((used.user + used.system) / 1e6 / count).toFixed(4), photos_per_s: +(count / wall).toFixed(3), peak_mb: Math.round(peak / 1024) }))
