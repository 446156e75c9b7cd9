import { freshInstallation } from '../../people/fresh';
import { expect, expectAccessible, expectAccessibleInBothThemes, expectAwake, expectFits, test } from '../../people/test';

test.setTimeout(120_000);
test.use({ contextOptions: { reducedMotion: 'reduce' }, expectedErrors: [/status of 4\d\d/] });

test('a new installation shows one page, opens for the code of its log alone, and is a studio then', ({ page, javaScriptEnabled }) =>
  freshInstallation(async (base, log) => {
    for (const path of ['/', '/login', '/register', '/studio', '/admin', '/no-such-page']) {
      await page.goto(base + path);
      await expect(page, `${path} leads to the first page`).toHaveURL(`${base}/setup`);
    }
    expect((await page.request.get(`${base}/api/v1/images`)).status(), 'programs are told to come back').toBe(503);
    await expect(page.getByRole('heading', { level: 1, name: 'Open your studio' })).toBeVisible();
    await expectFits(page);
    if (javaScriptEnabled) {
      await expectAwake(page);
      await expectAccessibleInBothThemes(page);
    }

    const code = /use the code ([A-Z0-9]+)/.exec(log())![1];
    const fill = async (code: string) => {
      await page.getByLabel('One-time code').fill(code);
      await page.getByLabel('Name of the studio').fill('Harbour Light');
      await page.getByLabel('Time zone').selectOption('Europe/Lisbon');
      await page.getByLabel('Your name').fill('Ines Duarte');
      await page.getByLabel('E-mail address').fill('ines@photovault.test');
      for (const name of ['password', 'password2']) await page.locator(`input[name=${name}]`).fill('an evening by the lake');
      await page.getByRole('button', { name: 'Open the studio' }).click();
    };
    await fill('AAAAAAAAAAAA');
    await expect(page.getByText('This is not the code that the log shows').first()).toBeVisible();
    await expect(page.getByLabel('Name of the studio'), 'what was typed stays').toHaveValue('Harbour Light');
    if (javaScriptEnabled) await expectAccessible(page);

    await fill(code);
    await expect(page.getByText('Your studio is open.')).toBeVisible();
    await page.goto(`${base}/admin`);
    await expect(page.getByRole('main')).toContainText('Ines Duarte');
    expect((await page.goto(`${base}/setup`))?.status(), 'it is done once').toBe(404);
    await page.goto(`${base}/`);
    await expect(page.getByRole('link', { name: 'Harbour Light' }).first()).toBeVisible();
  }));
