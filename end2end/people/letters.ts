import { readdirSync, readFileSync, statSync } from 'node:fs';
import { expect } from '@playwright/test';
import { mailFolder } from './server';

/** The path behind the link that begins with `start`, in the newest letter to this address; waits for the postman. */
export async function linkInLetter(to: string, start: string) {
  let path = '';
  await expect.poll(() => (path = find(to, start)), { message: `a letter to ${to} that leads to ${start}`, timeout: 30_000 }).not.toBe('');
  return path;
}

function find(to: string, start: string) {
  for (const letter of newestFirst()) {
    if (!letter.toLowerCase().includes(`\nto: ${to.toLowerCase()}`)) continue;
    const link = readable(letter).match(new RegExp(`https?://[^/\\s]+(${start}[A-Za-z0-9_-]+)`));
    if (link) return link[1];
  }
  return '';
}

function newestFirst() {
  let names: string[] = [];
  try {
    names = readdirSync(mailFolder).filter((name) => name.endsWith('.eml'));
  } catch {} // no letter was ever written
  const age = (name: string) => statSync(mailFolder + name).mtimeMs;
  return names.sort((a, b) => age(b) - age(a)).map((name) => readFileSync(mailFolder + name, 'utf8').replaceAll('\r\n', '\n'));
}

/** The parts of a letter as their reader sees them. */
function readable(letter: string) {
  const part = (text: string) => {
    const [head, ...body] = text.split('\n\n');
    const words = body.join('\n\n');
    const encoding = /^content-transfer-encoding: *(\S+)/im.exec(head)?.[1].toLowerCase();
    if (encoding === 'base64') return Buffer.from(words, 'base64').toString();
    if (encoding !== 'quoted-printable') return words;
    return words.replaceAll('=\n', '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  };
  return letter.split(/^--.*\n/m).map(part).join('\n');
}
