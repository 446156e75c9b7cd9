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
/** Vera signs up while the tests get ready. */
export type Person = keyof typeof people | 'vera';

export const password = 'demo-password-1';

/** Through the form, as a person does. */
export async function signInByForm(page: Page, email: string, secret = password) {
  await page.context().clearCookies(); // who is in already is not shown the form
  await page.goto('/login');
  await page.locator('input[name=email]').fill(email);
  await page.locator('input[name=password]').fill(secret);
  await page.getByRole('main').getByRole('button', { name: /sign in/i }).click();
  await expect(page).not.toHaveURL(/\/login/);
}

const file = (person: Person) => `${runFolder}people/${person}.json`;

/** The person who is signed in on this page is found again by `signIn`. */
export async function remember(page: Page, person: Person) {
  mkdirSync(`${runFolder}people`, { recursive: true });
  // in one piece, for whoever reads it meanwhile
  const draft = `${file(person)}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(await page.context().cookies()));
  renameSync(draft, file(person));
}

/** Signed in without the form where somebody has been through it before: sign-ins are counted, and slow on purpose. */
export async function signIn(page: Page, person: Person) {
  if (existsSync(file(person))) {
    await page.context().addCookies(JSON.parse(readFileSync(file(person), 'utf8')));
  } else if (person !== 'vera') {
    await signInByForm(page, people[person]);
    await remember(page, person);
  }
}
