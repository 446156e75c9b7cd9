import { mkdirSync, writeFileSync } from 'node:fs';
import { signIn } from '../../people/sign_in';
import { newGallery, photograph, photographs } from '../../people/studio';
import { expect, expectAccessible, test } from '../../people/test';

test.describe('uploading', () => {
  // the browser notes the refused file's status in its console
  test.use({ expectedErrors: [/status of 4\d\d/] });

  test('a photographer makes a gallery and uploads into it; a file that is none is named and fails nothing', async ({ page, javaScriptEnabled }) => {
    await signIn(page, 'photographer');
    await newGallery(page, 'Upload', javaScriptEnabled);
    const gallery = page.url();
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

test('a folder that is dropped anywhere on the page brings in what lies in it, however deep, and no litter', { tag: '@script' }, async ({ page }, info) => {
  await signIn(page, 'photographer');
  await newGallery(page, 'Folder');
  const folder = info.outputPath('dropped');
  mkdirSync(`${folder}/second day/evening`, { recursive: true });
  const [one, two, three] = photographs(3);
  writeFileSync(`${folder}/${one.name}`, one.buffer);
  writeFileSync(`${folder}/second day/${two.name}`, two.buffer);
  writeFileSync(`${folder}/second day/evening/${three.name}`, three.buffer);
  writeFileSync(`${folder}/.DS_Store`, 'litter');
  writeFileSync(`${folder}/Thumbs.db`, 'litter');

  const place = (await page.locator('.pv-drop').boundingBox())!;
  const at = { x: place.x + place.width / 2, y: place.y + 10 };
  const data = { items: [], files: [folder], dragOperationsMask: 1 };
  const chromium = await page.context().newCDPSession(page);
  for (const type of ['dragEnter', 'dragOver'] as const) await chromium.send('Input.dispatchDragEvent', { type, ...at, data });
  await expect(page.locator('.pv-drop')).toHaveAttribute('data-over', '');
  await chromium.send('Input.dispatchDragEvent', { type: 'drop', ...at, data });
  await expect(page.getByText('3 of 3 arrived')).toBeVisible();
  await expect(page.locator('.pv-photo-grid img')).toHaveCount(3);
});

test.describe('when the connection breaks off', () => {
  test.use({ expectedErrors: [/ERR_CONNECTION_RESET|status of 4\d\d/] });

  test('what failed is sent again, and nothing else is', { tag: '@script' }, async ({ page }) => {
    await signIn(page, 'photographer');
    await newGallery(page, 'Again');
    let asked = 0;
    await page.route('**/_fn/upload_photos', (route) => (++asked === 2 ? route.abort('connectionreset') : route.continue()));
    const notes = { name: 'notes.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('these are only notes') };
    await page.locator('input[type=file][name=photos]').first().setInputFiles([...photographs(4), notes]);
    const tray = page.getByRole('region', { name: 'Uploads' });
    await expect(tray.getByRole('status')).toHaveText('3 of 5 arrived, 2 refused');
    const line = (why: string) => tray.getByRole('listitem').filter({ hasText: why });
    await expect(line('the connection broke off')).toHaveCount(1);
    await expect(line('not a photograph we can read'), 'what is no photograph stays none').toHaveCount(1);

    await tray.getByRole('button', { name: 'Send the failed ones again' }).click();
    await expect(tray.getByRole('status')).toHaveText('4 of 5 arrived, 1 refused');
    expect(asked, 'five and the one again').toBe(6);
    await expect(page.locator('.pv-photo-grid img')).toHaveCount(4);
    await expect(tray.getByRole('button', { name: 'Send the failed ones again' })).toHaveCount(0);
    await tray.getByRole('button', { name: 'Clear the list' }).click();
    await expect(tray).toHaveCount(0);
  });
});

test('who leaves the page while photographs travel is warned, and afterwards not', { tag: '@script' }, async ({ page }) => {
  await signIn(page, 'photographer');
  await newGallery(page, 'Leaving');
  let letGo = () => {};
  const held = new Promise<void>((resolve) => (letGo = resolve));
  await page.route('**/_fn/upload_photos', async (route) => {
    await held;
    await route.continue();
  });
  // a browser asks only people who have touched the page
  await page.getByRole('heading', { level: 1 }).click();
  await page.locator('input[type=file][name=photos]').first().setInputFiles(photographs(1));
  await expect(page.getByText('0 of 1 arrived')).toBeVisible();
  const asked = page.waitForEvent('dialog');
  await page.close({ runBeforeUnload: true });
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.dismiss();

  letGo();
  await expect(page.getByText('1 of 1 arrived')).toBeVisible();
  let warned = false;
  page.once('dialog', (dialog) => {
    warned = true;
    void dialog.accept();
  });
  await page.goto('/studio');
  expect(warned).toBe(false);
});
