import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';

/** Where the benchmarks keep what only they need: npm packages, photographs, data folders. */
export const cache = `${process.env.XDG_CACHE_HOME ?? `${homedir()}/.cache`}/photovault/bench`;

/** The folder of an npm package that only the benchmarks use; installed at its first use, outside of the project. */
export function toolFolder(name, version) {
  const folder = `${cache}/npm/${name}-${version}`;
  if (!existsSync(`${folder}/node_modules/${name}`)) {
    console.error(`    installing ${name} ${version} for the benchmarks`);
    mkdirSync(folder, { recursive: true });
    execFileSync('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', '--loglevel=error', `${name}@${version}`], {
      env: { ...process.env, PUPPETEER_SKIP_DOWNLOAD: '1' },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }
  return folder;
}

export function tool(name, version) {
  return createRequire(`${toolFolder(name, version)}/`)(name);
}
