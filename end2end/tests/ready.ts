import { expect, test } from '@playwright/test';
import { people, signIn, type Person } from '../people/sign_in';

/** Everybody signs in once, and the demo's photographs are all prepared, before the other tests begin. */
for (const person of Object.keys(people) as Person[]) {
  test(`the ${person} signs in`, async ({ page }) => {
    await signIn(page, person);
    await page.goto('/');
    await expect(page.getByRole('main')).toBeVisible();
  });
}
