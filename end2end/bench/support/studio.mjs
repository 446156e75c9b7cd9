import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { cache } from './tools.mjs';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const program = process.env.PHOTOVAULT_TEST_BIN ?? `${root}target/photovault`;
const password = 'demo-password-1';
const running = new Set();
process.on('exit', () => running.forEach((studio) => studio.kill()));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130));

/** A studio of its own on a fresh data folder, with the demo's people, and a gallery of `photos` photographs if asked for. */
export async function openStudio({ photos = 0, settings = {} } = {}) {
  mkdirSync(cache, { recursive: true });
  const data = mkdtempSync(`${cache}/data-`);
  const port = await freePort();
  const env = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    LEPTOS_SITE_ADDR: `127.0.0.1:${port}`,
    LEPTOS_SITE_ROOT: `${root}target/site`,
    PHOTOVAULT_DATA: data,
    PHOTOVAULT_DEMO: '1',
    PHOTOVAULT_DEMO_PASSWORD: password,
    TRUSTED_PROXIES: '127.0.0.1',
    RUST_LOG: 'warn',
    ...settings,
  };
  if (photos) execFileSync(program, ['demo', '--photos', String(photos)], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const studio = new Studio(`http://127.0.0.1:${port}`, data, env);
  await studio.start();
  return studio;
}

export class Studio {
  constructor(base, data, env) {
    Object.assign(this, { base, data, env });
  }

  /** Answers the milliseconds until the server was ready. */
  async start() {
    const begun = performance.now();
    this.process = spawn(program, ['serve'], { env: this.env, stdio: ['ignore', 'ignore', 'inherit'] });
    running.add(this);
    for (;;) {
      const ready = await fetch(`${this.base}/healthz`).then((answer) => answer.ok, () => false);
      if (ready) return performance.now() - begun;
      if (this.process.exitCode !== null) throw new Error('the server ended before it was ready');
      await setTimeout(10);
    }
  }

  async stop() {
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.kill('SIGTERM');
    await ended;
  }

  kill() {
    this.process.kill('SIGKILL');
    rmSync(this.data, { recursive: true, force: true });
  }

  async close() {
    await this.stop();
    running.delete(this);
    rmSync(this.data, { recursive: true, force: true });
  }

  /** Resident memory in MB: now, and the highest since the start or the last `forgetPeak`. */
  memory() {
    const status = readFileSync(`/proc/${this.process.pid}/status`, 'utf8');
    const of = (name) => Number(status.match(new RegExp(`${name}:\\s+(\\d+)`))[1]) / 1024;
    return { now: of('VmRSS'), peak: of('VmHWM') };
  }

  forgetPeak() {
    writeFileSync(`/proc/${this.process.pid}/clear_refs`, '5');
  }

  /** One try at the form on the sign-in page, whatever it is called; each from an address of its own. */
  async trySignIn(person) {
    this.signInForm ??= formOf(await this.page('/login'), 'name="password"');
    const { action, hidden } = this.signInForm;
    const body = new URLSearchParams({ ...hidden, email: `${person}@photovault.test`, password });
    const answer = await this.post(action, body, '', { 'x-forwarded-for': address() });
    await answer.arrayBuffer();
    return { status: answer.status, cookie: answer.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ') };
  }

  async signIn(person) {
    const { status, cookie } = await this.trySignIn(person);
    if (status !== 303 || !cookie) throw new Error(`signing in was answered with ${status}`);
    return cookie;
  }

  /** As a page of ours does it: the form's own address, same origin, redirects not followed. */
  post(action, body, cookie = '', headers = {}) {
    return fetch(this.base + action, { method: 'POST', redirect: 'manual', body, headers: { accept: 'text/html', origin: this.base, cookie, ...headers } });
  }

  async page(path, cookie = '') {
    const answer = await fetch(this.base + path, { headers: { cookie, accept: 'text/html' }, redirect: 'manual' });
    if (answer.status !== 200) throw new Error(`${path} was answered with ${answer.status}`);
    return answer.text();
  }

  /** The client's gallery with the most photographs on its first page, and the addresses of their thumbnails. */
  async largestGallery(cookie) {
    let largest = { path: '', thumbnails: [] };
    for (const path of new Set(await this.page('/galleries', cookie).then((html) => html.match(/\/galleries\/[0-9a-f-]{36}/g) ?? []))) {
      const thumbnails = [...new Set((await this.page(path, cookie)).match(/\/media\/[0-9a-f-]{36}\/thumb/g) ?? [])];
      if (thumbnails.length > largest.thumbnails.length) largest = { path, thumbnails };
    }
    return largest;
  }
}

/** The form of a page that holds `mark`: its address and its hidden fields. */
export function formOf(html, mark) {
  const form = (html.match(/<form[\s\S]*?<\/form>/g) ?? []).find((form) => form.includes(mark));
  if (!form) throw new Error(`no form with ${mark} on the page`);
  const hidden = {};
  for (const [input] of form.matchAll(/<input[^>]*type="hidden"[^>]*>/g)) hidden[attribute(input, 'name')] = attribute(input, 'value');
  return { action: attribute(form, 'action'), hidden, html: form };
}

export function attribute(tag, name) {
  return (tag.match(new RegExp(` ${name}="([^"]*)"`))?.[1] ?? '').replaceAll('&amp;', '&');
}

let addresses = 0;
function address() {
  addresses += 1;
  return `10.9.${addresses >> 8}.${addresses & 255}`;
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
