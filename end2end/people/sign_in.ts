import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { runFolder } from './server';

/** The demo studio's people. The journeys buy as `client`; what lies in the others' carts and orders stays as ready.ts leaves it. */
export const people = {
  owner: 'owner@photovault.test',
  photographer: 'photographer@photovault.test',
  client: 'client@photovault.test',
  priya: 'priya@photovault.test',
  tomas: 'tomas@photovault.test',
  clara: 'clara@photovault.test',
} as const;
export type Person = keyof typeof people;

export const password = 'demo-password-1';

/** Through the form, as a person does. */
export async function signInByForm(page: Page, email: string, secret = password) {
  await page.goto('/login');
  await page.locator('input[name=email]').fill(email);
  await page.locator('input[name=password]').fill(secret);
  await page.getByRole('main').getByRole('button', { name: /sign in/i }).click();
  await expect(page).not.toHaveURL(/\/login/);
}

/** Signed in without the form where somebody has been through it before: sign-ins are counted, and slow on purpose. */
export async function signIn(page: Page, person: Person) {
  const remembered = `${runFolder}people/${person}.json`;
  if (existsSync(remembered)) {
    await page.context().addCookies(JSON.parse(readFileSync(remembered, 'utf8')));
    return;
  }
  await signInByForm(page, people[person]);
  mkdirSync(`${runFolder}people`, { recursive: true });
  // in one piece, for whoever reads it meanwhile
  const draft = `${remembered}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(await page.context().cookies()));
  renameSync(draft, remembered);
}
