import { deflateSync, crc32 } from 'node:zlib';
import { signIn } from '../../people/sign_in';
import { expect, expectAccessible, test } from '../../people/test';

/** A small PNG of one colour, another one for each seed. */
function photograph(seed: number) {
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

test.describe('uploading', () => {
  // the browser notes the refused file's status in its console
  test.use({ expectedErrors: [/status of 4\d\d/] });

  test('a photographer makes a gallery and uploads into it; a file that is none is named and fails nothing', async ({ page, javaScriptEnabled }) => {
    await signIn(page, 'photographer');
    await page.goto('/studio/galleries');
    const title = `Upload ${crypto.randomUUID().slice(0, 8)}`;
    const create = page.locator('form[action$="/create_gallery"]');
    await create.locator('input[name=title]').fill(title);
    await create.getByRole('button').click();
    await expect(page).toHaveURL(/\/studio\/galleries\/[0-9a-f-]{36}$/);
    await expect(page.getByRole('heading', { level: 1 })).toContainText(title);
    const gallery = page.url();

    if (javaScriptEnabled) await expect(page.locator('html')).toHaveAttribute('data-awake', 'true');
    const seed = Math.floor(Math.random() * 1e6);
    const files = [
      { name: 'one.png', mimeType: 'image/png', buffer: photograph(seed) },
      { name: 'notes.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('these are only notes') },
      { name: 'two.png', mimeType: 'image/png', buffer: photograph(seed + 1) },
    ];
    await page.locator('input[type=file][name=photos]').first().setInputFiles(files);
    if (!javaScriptEnabled) await page.locator('form[action$="/upload_photos"]').getByRole('button', { name: /upload/i }).first().click();
    await expect(page.getByText('notes.jpg').first()).toBeVisible();
    await expect(page.getByText(/not a photograph we can read/).first()).toBeVisible();

    const pictures = page.locator('.pv-photo-grid img');
    if (javaScriptEnabled) {
      await expect(pictures, 'each photograph appears when it is ready, without a reload').toHaveCount(2);
      await expectAccessible(page);
    } else {
      await expect(async () => {
        await page.goto(gallery);
        await expect(pictures).toHaveCount(2, { timeout: 500 });
      }).toPass();
    }
  });
});
