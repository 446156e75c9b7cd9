import { randomBytes } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import { expect, type Page } from '@playwright/test';
import { prepared } from './prepared';
import { addresses } from './shopping';

/** What an upload takes. */
type File = { name: string; mimeType: string; buffer: Buffer };

/** A small PNG of one colour, another one for each seed. */
export function photograph(seed: number) {
  const [width, height] = [64, 48];
  const chunk = (name: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  };
  const head = Buffer.from([0, 0, 0, width, 0, 0, 0, height, 8, 2, 0, 0, 0]);
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 3, Buffer.from([seed % 256, (seed * 7) % 256, (seed * 13) % 256]))]);
  const pixels = deflateSync(Buffer.concat(Array(height).fill(row)));
  return Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), chunk('IHDR', head), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]);
}

/** `count` photographs that no other test has, as an upload takes them. */
export function photographs(count: number): File[] {
  const seed = Math.floor(Math.random() * 1e9);
  return Array.from({ length: count }, (_, n) => ({ name: `${String(n + 1).padStart(3, '0')}.png`, mimeType: 'image/png', buffer: photograph(seed + n) }));
}

/** Two of the demo's own originals, as a camera writes them, with bytes at their ends that no other test has. */
export async function cameraFiles(page: Page): Promise<File[]> {
  await page.goto(`/studio${prepared('wedding')}`);
  const photos = await addresses(page, '/photos/');
  const files = [2, 6].map(async (n) => {
    const original = await page.request.get(`/downloads/${photos[n].split('/').at(-1)}/original`);
    expect(original.status()).toBe(200);
    return { name: `DSC_${1000 + n}.jpg`, mimeType: 'image/jpeg', buffer: Buffer.concat([await original.body(), randomBytes(16)]) };
  });
  return Promise.all(files);
}

/** A gallery of its own for one test, made through the form; the page stands in it afterwards. Answers its id. */
export async function newGallery(page: Page, name: string, javaScriptEnabled = true) {
  await page.goto('/studio/galleries');
  const title = `${name} ${crypto.randomUUID().slice(0, 8)}`;
  const create = page.locator('form[action$="/create_gallery"]');
  await create.locator('input[name=title]').fill(title);
  await create.getByRole('button').click();
  await expect(page).toHaveURL(/\/studio\/galleries\/[0-9a-f-]{36}$/);
  await expect(page.getByRole('heading', { level: 1 })).toContainText(title);
  if (javaScriptEnabled) await expect(page.locator('html')).toHaveAttribute('data-awake', 'true');
  return page.url().split('/').at(-1)!;
}

/** Brings the files into the gallery whose page this is, and waits until all of them are prepared. */
export async function uploadAll(page: Page, files: File[], javaScriptEnabled = true) {
  const gallery = page.url();
  await page.locator('input[type=file][name=photos]').first().setInputFiles(files);
  if (!javaScriptEnabled) await page.locator('form[action$="/upload_photos"]').getByRole('button', { name: /upload/i }).click();
  await expect(async () => {
    if (!javaScriptEnabled) await page.goto(gallery);
    await expect(page.locator('p[data-preparing="0"]')).toHaveText(`${files.length} photographs`, { timeout: 1000 });
  }).toPass({ timeout: 60_000 });
}

/** A gallery of its own with this many photographs in it, all prepared. */
export async function newGalleryWith(page: Page, name: string, count: number, javaScriptEnabled = true) {
  const gallery = await newGallery(page, name, javaScriptEnabled);
  await uploadAll(page, photographs(count), javaScriptEnabled);
  return gallery;
}
