/** Prints one figure beside what it is held to. A miss is shown, not fatal: absolute times belong to a machine. */
export function figure(name, value, unit = '', bound = undefined) {
  const shown = Number.isInteger(value) ? String(value) : value.toFixed(value < 10 ? 2 : 1);
  const { least = -Infinity, most = Infinity } = bound ?? {};
  const held = [bound?.least !== undefined && `at least ${least}`, bound?.most !== undefined && `at most ${most}`].filter(Boolean).join(', ');
  const verdict = held && `   ${held}: ${value >= least && value <= most ? 'kept' : 'MISSED'}`;
  console.log(`    ${name.padEnd(62)} ${shown.padStart(8)} ${unit.padEnd(10)}${verdict}`);
}

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Runs `work` for every item, at most `width` at once. */
export async function atOnce(width, items, work) {
  const rest = [...items.entries()];
  const results = [];
  const worker = async () => {
    for (let next = rest.shift(); next; next = rest.shift()) results[next[0]] = await work(next[1], next[0]);
  };
  await Promise.all(Array.from({ length: width }, worker));
  return results;
}
