import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { runFolder } from './server';

/** Addresses that ready.ts finds or makes once, by name, for all tests of a run. */
const folder = `${runFolder}prepared/`;

export function prepare(name: string, path: string) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(folder + name, path);
}

export function prepared(name: string) {
  return readFileSync(folder + name, 'utf8');
}
