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

// Without a connection what is on the page stays, and nothing that was typed is sent into the void. The browser's own word
// is checked: a program on the same machine is there without any network.
const offline = document.getElementById("offline");
async function feelForConnection() {
  const isGone = !navigator.onLine && (await fetch("/healthz", { cache: "no-store" }).then(() => false, () => true));
  offline.textContent = isGone ? offline.dataset.words : "";
}
for (const change of ["offline", "online"]) addEventListener(change, feelForConnection);
addEventListener("submit", (event) => offline.textContent && event.preventDefault(), true);
addEventListener("click", (event) => offline.textContent && event.target.closest?.("a[href]") && event.preventDefault());
feelForConnection();

// On screens with room for it the cart opens beside the page; the link leads to the cart's own page everywhere else.
addEventListener("click", async (event) => {
  const link = event.target.closest?.('.pv-bar a[href="/cart"]');
  const elsewhere = event.button || event.ctrlKey || event.metaKey || event.shiftKey || location.pathname === "/cart";
  if (!link || elsewhere || !matchMedia("(width >= 60rem)").matches) return;
  event.preventDefault();
  try {
    await (await import("/cart-drawer.js")).open();
  } catch {
    location.assign(link.href);
  }
});

const showPrint = () => document.querySelectorAll("[data-print]").forEach((button) => (button.hidden = false));
addEventListener("drawn", showPrint);
addEventListener("click", (event) => event.target.closest?.("[data-print]") && print());
showPrint();

// the answer to a form has an address of its own, which cannot be asked for again
if (document.querySelector("#content [data-topic]") && !location.pathname.startsWith("/_fn/")) import("/news.js");

if (document.querySelector("leptos-island")) {
  "requestIdleCallback" in window ? requestIdleCallback(start, { timeout: 1000 }) : setTimeout(start);
} else {
  document.documentElement.dataset.awake = "true";
}
