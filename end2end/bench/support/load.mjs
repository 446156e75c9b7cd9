import { tool } from './tools.mjs';

const autocannon = tool('autocannon', '8.0.0');

/**
 * Asks for `paths` in turn over `connections` kept-alive connections; answers requests per second and the p99 in ms.
 * Every answer must be a 200.
 */
export async function load(base, paths, { cookie, headers = { cookie }, connections = 8, seconds = 5 }) {
  const result = await autocannon({
    url: base,
    connections,
    duration: seconds,
    headers,
    requests: paths.map((path) => ({ path })),
  });
  if (result.non2xx || result.errors) throw new Error(`${result.non2xx} answers were no 200 and ${result.errors} failed at ${paths[0]}`);
  return { perSecond: result.requests.average, p99: result.latency.p99, bytes: result.throughput.total / result.requests.total };
}
