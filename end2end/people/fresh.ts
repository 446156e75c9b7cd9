import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { expect } from '@playwright/test';
import { root, runFolder } from './server';

/** A server of one's own on an empty folder, and what it says in its log. */
export async function freshInstallation(work: (base: string, log: () => string) => Promise<void>) {
  const folder = mkdtempSync(`${runFolder}fresh-`);
  const base = `http://127.0.0.1:${await freePort()}`;
  const program = process.env.PHOTOVAULT_TEST_BIN;
  const { PATH, HOME } = process.env;
  const env = {
    PATH, HOME, LANG: 'C.UTF-8', RUST_LOG: 'info', PHOTOVAULT_DATA: `${folder}/data`, LEPTOS_SITE_ADDR: new URL(base).host,
    ...(program ? {} : { LEPTOS_SITE_ROOT: `${root}target/site` }),
  };
  let log = '';
  const server = spawn(program ?? `${root}target/photovault`, ['serve'], { cwd: folder, env: env as NodeJS.ProcessEnv });
  const ended = once(server, 'exit').catch(() => {});
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (words) => (log += words));
  try {
    await expect.poll(() => fetch(`${base}/healthz`).then((answer) => answer.status, () => log), { timeout: 20_000 }).toBe(200);
    await work(base, () => log);
  } finally {
    if (server.exitCode === null && server.signalCode === null) server.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}

async function freePort() {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;
  listener.close();
  await once(listener, 'close');
  return port;
}
