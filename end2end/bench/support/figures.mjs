/** Prints one figure beside what it is held to. A miss is shown, not fatal: absolute times belong to a machine. */
export function figure(name, value, unit = '', bound = undefined) {
  const shown = Number.isInteger(value) ? String(value) : value.toFixed(value < 10 ? 2 : 1);
  let verdict = '';
  if (bound?.least !== undefined) verdict = `   at least ${bound.least}: ${value >= bound.least ? 'kept' : 'MISSED'}`;
  if (bound?.most !== undefined) verdict = `   at most ${bound.most}: ${value <= bound.most ? 'kept' : 'MISSED'}`;
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
