import { mkdirSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cache, tool } from './tools.mjs';

export const sharp = tool('sharp', '0.35.5');
sharp.concurrency(1); // the callers decide how many run side by side
sharp.cache(false);

/** A camera-like JPEG of `megapixels` at 3:2, near `bytes` long: broad shapes with grain. Made once and kept. */
export async function photograph(megapixels, bytes) {
  const file = `${cache}/photographs/${megapixels}mp-${bytes}.jpg`;
  if (existsSync(file)) return readFileSync(file);
  const height = Math.round(Math.sqrt((megapixels * 1e6) / 1.5));
  const width = Math.round(height * 1.5);
  const noise = (w, h, sigma) => sharp({ create: { width: w, height: h, channels: 3, background: '#888', noise: { type: 'gaussian', mean: 128, sigma } } });
  const shapes = await noise(24, 16, 70).png().toBuffer();
  const grain = await noise(width, height, 18).blur(0.8).png({ compressionLevel: 0 }).toBuffer();
  const picture = await sharp(shapes).resize(width, height, { kernel: 'cubic' }).composite([{ input: grain, blend: 'soft-light' }]).raw().toBuffer({ resolveWithObject: true });
  const encode = (quality) => sharp(picture.data, { raw: picture.info }).jpeg({ quality }).toBuffer();
  let [low, high] = [30, 100];
  let best = await encode(90);
  for (let step = 0; step < 7; step += 1) {
    const quality = (low + high) >> 1;
    const jpeg = await encode(quality);
    if (Math.abs(jpeg.length - bytes) < Math.abs(best.length - bytes)) best = jpeg;
    if (jpeg.length < bytes) low = quality;
    else high = quality;
  }
  mkdirSync(`${cache}/photographs`, { recursive: true });
  writeFileSync(file, best);
  return best;
}

/** The same picture with other bytes: a comment behind the first marker, `length` bytes of it in all. */
export function another(jpeg, name, length = 64) {
  const comments = [];
  for (let left = length; left > 0; left -= 65_533) {
    const text = Buffer.alloc(Math.min(left, 65_533), `${name} `);
    comments.push(Buffer.from([0xff, 0xfe, (text.length + 2) >> 8, (text.length + 2) & 255]), text);
  }
  return Buffer.concat([jpeg.subarray(0, 2), ...comments, jpeg.subarray(2)]);
}
