// Wakes the islands of a page: loads the browser half (once, when the browser is idle) and hands each island to it.
// Pages without an island never load it. Without this file every page still works.
const kin = [];

async function wake(node, half) {
  const tag = node.tagName?.toLowerCase();
  if (tag === "leptos-island") {
    const island = half[node.dataset.component];
    kin.at(-1)?.();
    if (island) await island(node);
  }
  if (tag === "leptos-children") kin.push(node.$$on_hydrate);
  for (const child of node.children) await wake(child, half);
  if (tag === "leptos-children") kin.pop();
}

async function start() {
  const half = await import("/pkg/photovault.js");
  await half.default({ module_or_path: "/pkg/photovault.wasm" });
  half.hydrate();
  await wake(document.body, half);
  document.documentElement.dataset.awake = "true";
}

// A form that came back with a problem stands under the address of its action; reloading should show the page again.
const page = document.querySelector('meta[name="pv-page"]')?.content;
if (page && location.pathname.startsWith("/_fn/")) history.replaceState(null, "", page);

if (document.querySelector("leptos-island")) {
  "requestIdleCallback" in window ? requestIdleCallback(start, { timeout: 1000 }) : setTimeout(start);
} else {
  document.documentElement.dataset.awake = "true";
}
