import { mkdirSync, rmSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { runFolder } from './server';

/** Only one test at a time has `what`, such as the demo client's cart, whichever worker and project it runs in. */
export async function inTurn<T>(what: string, work: () => Promise<T>): Promise<T> {
  const lock = `${runFolder}turn-${what}`;
  for (;;) {
    try {
      mkdirSync(lock);
      break;
    } catch {
      await setTimeout(100);
    }
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}
