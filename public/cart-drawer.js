// The cart's page in a drawer: what the server draws for /cart, with its forms answered in place. It knows nothing about
// carts: whatever the page can do, the drawer can do.
const page = "/cart";
let drawer;

export async function open() {
  await show(await fetch(page, { headers: { Accept: "text/html" } }));
  if (drawer && !drawer.open) drawer.showModal();
}

/** Draws an answer of the server; what is no cart any more (a sign-in, say) is a page of its own. */
async function show(answer) {
  const { pathname } = new URL(answer.url);
  const found = new DOMParser().parseFromString(await answer.text(), "text/html");
  const main = found.querySelector("main");
  if (!main || (pathname !== page && !pathname.startsWith("/_fn/"))) return location.assign(answer.url);
  drawer ??= make();
  drawer.querySelector(".pv-drawer-page").replaceChildren(...main.childNodes);
  drawer.querySelector("[role=status]").textContent = found.querySelector(".pv-toast p")?.textContent ?? "";
  const link = `.pv-bar a[href="${page}"]`;
  const [here, there] = [document.querySelector(link), found.querySelector(link)];
  if (!here || !there) return;
  // the link stays the same one, because the focus comes back to it
  here.replaceChildren(...there.childNodes);
  here.setAttribute("aria-label", there.getAttribute("aria-label"));
}

function make() {
  const made = document.createElement("dialog");
  made.className = "pv-drawer";
  made.setAttribute("aria-label", "Cart");
  made.innerHTML = `<form method="dialog"><button class="pv-btn pv-btn-ghost pv-drawer-close">Close</button></form>
    <p role="status" class="text-sm text-good"></p><section class="pv-drawer-page"></section>`;
  made.addEventListener("submit", answerForm);
  made.addEventListener("click", (event) => event.target === made && made.close());
  document.body.append(made);
  return made;
}

async function answerForm(event) {
  const form = event.target;
  if (form.method === "dialog") return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form, event.submitter));
  try {
    await show(await fetch(form.action, { method: "POST", body, referrer: page, headers: { Accept: "text/html" } }));
  } catch {
    form.submit();
  }
}
