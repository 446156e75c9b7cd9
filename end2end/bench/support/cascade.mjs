import { sharp } from './photographs.mjs';

const text = '© Jane Roe Photography';
const tiles = new Map();

async function tile(long) {
  if (!tiles.has(long)) {
    const size = Math.round(long / 24);
    const [w, h] = [size * 4, size * 6];
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}"><text x="0" y="${h / 2}" transform="rotate(-30 ${w / 2} ${h / 2})" font-size="${size}" fill="white" fill-opacity="0.4" stroke="black" stroke-opacity="0.2">${text}</text></svg>`;
    tiles.set(long, await sharp(Buffer.from(svg)).png().toBuffer());
  }
  return tiles.get(long);
}

/**
 * The six pictures that our pipeline makes of a photograph (a file or its bytes), and the thumbhash's small one, the way
 * sharp's authors advise: one decode, then a cascade over raw pixels.
 */
export async function cascade(photograph, options = {}) {
  const fit = (long) => ({ width: long, height: long, fit: 'inside', withoutEnlargement: true });
  let { data, info } = await sharp(photograph, options).rotate().resize(fit(2048)).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const raw = () => sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } });
  for (const [long, quality] of [[2048, 82], [1024, 82], [400, 80]]) {
    if (long < 2048) ({ data, info } = await raw().resize(fit(long)).raw().toBuffer({ resolveWithObject: true }));
    await raw().jpeg({ quality }).toBuffer();
    await raw().composite([{ input: await tile(long), tile: true }]).removeAlpha().jpeg({ quality }).toBuffer();
  }
  await raw().resize(fit(100)).raw().toBuffer();
}
