// Lighthouse's verdict on a phone: the home page and a gallery.
import { execFileSync } from 'node:child_process';
import { figure } from './support/figures.mjs';
import { openStudio } from './support/studio.mjs';
import { toolFolder } from './support/tools.mjs';

const flags = '--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';
const program = `${toolFolder('lighthouse', '12.8.2')}/node_modules/.bin/lighthouse`;
const studio = await openStudio();
const cookie = await studio.signIn('client');
const gallery = await studio.largestGallery(cookie);

for (const [name, path] of [['home', '/'], ['gallery', gallery.path]]) {
  const headers = JSON.stringify({ Cookie: cookie });
  const categories = 'performance,accessibility,best-practices';
  const json = execFileSync(
    program,
    [studio.base + path, '--output=json', '--quiet', `--only-categories=${categories}`, `--extra-headers=${headers}`, `--chrome-flags=${flags}`],
    { env: { ...process.env, CHROME_PATH: process.env.CHROMIUM ?? '/usr/bin/chromium' }, maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const report = JSON.parse(json);
  figure(`${name}: performance`, Math.round(report.categories.performance.score * 100), '', { least: 90 });
  figure(`${name}: accessibility`, Math.round(report.categories.accessibility.score * 100), '', { least: 100 });
  figure(`${name}: best practices`, Math.round(report.categories['best-practices'].score * 100), '', { least: 100 });
  figure(`${name}: layout shift`, report.audits['cumulative-layout-shift'].numericValue, '', { most: 0.02 });
  for (const audit of Object.values(report.audits)) {
    const weighs = Object.values(report.categories).some(({ auditRefs }) => auditRefs.some(({ id, weight }) => id === audit.id && weight > 0));
    if (weighs && audit.score !== null && audit.score < 0.9) console.log(`      ${audit.id}: ${audit.displayValue ?? audit.title}`);
  }
}
await studio.close();
