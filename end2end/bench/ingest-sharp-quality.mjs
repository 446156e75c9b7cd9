// For each of our pictures in a folder, sharp's of the same photograph at the quality whose size in bytes is nearest:
//   node ingest-sharp-quality.mjs <folder> <file>…
import { statSync, writeFileSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import { sharp } from './support/photographs.mjs'

const [folder, ...files] = process.argv.slice(2)

for (const file of files) {
  const fit = long => ({ width: long, height: long, fit: 'inside', withoutEnlargement: true })
  let { data, info } = await sharp(file).rotate().resize(fit(2048)).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  const raw = () => sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } })
  for (const [name, long] of [['web-2048', 2048], ['thumb', 400]]) {
    // Its best practice: each size from the one before.
    if (long < 2048) {
      for (const step of [1024, long]) ({ data, info } = await raw().resize(fit(step)).raw().toBuffer({ resolveWithObject: true }))
    }
    const place = tool => join(folder, `${basename(file, extname(file))}.${name}.${tool}.jpg`)
    const wanted = statSync(place('photovault')).size
    const tries = await Promise.all([...Array(26).keys()].map(step => raw().jpeg({ quality: 70 + step }).toBuffer()))
    const nearest = tries.reduce((best, one) => Math.abs(one.length - wanted) < Math.abs(best.length - wanted) ? one : best)
    writeFileSync(place('sharp'), nearest)
  }
}
