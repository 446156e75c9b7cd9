// Keeps a page true while somebody looks at it: when the live line says that something changed, the page is asked for
// again, and what it shows now takes the place of what stands here. What somebody is doing is never taken away.
const place = document.getElementById("content");
const address = `/live?topic=${encodeURIComponent(place.querySelector("[data-topic]").dataset.topic)}`;
const ears = document.createElement("p");
ears.className = "sr-only";
ears.setAttribute("role", "status");
document.body.append(ears);
let line;
let isAsking = false;
let asksAgain = false;

const words = (node) => node.textContent.replace(/\s+/g, " ").trim();

function isBusy() {
  const isTouched = (field) => (/radio|checkbox/.test(field.type) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue);
  const isTyping = document.activeElement?.matches("#content :is(input, textarea, select)");
  return isTyping || place.querySelector("details[open]") || [...place.querySelectorAll("input, textarea")].some(isTouched);
}

async function ask() {
  if (isAsking) return (asksAgain = true);
  isAsking = true;
  try {
    // what an action has to say is for the page that follows it, not for a look in between
    const answer = await fetch(location.href, { headers: { Accept: "text/html", "X-Only-Looking": "1" } });
    const found = new DOMParser().parseFromString(await answer.text(), "text/html");
    const main = found.getElementById("content");
    // signed out, for example: the page itself says so
    if (answer.redirected || !main?.querySelector("[data-topic]")) return answer.status < 500 && location.reload();
    const offer = place.querySelector("[data-offer]");
    const here = words(place).replace(offer ? words(offer) : "", "").trim();
    if (words(main) === here) return offer?.remove();
    if (isBusy()) show(found, main);
    else draw(found, main);
  } catch {
    // the line says "hello" when it is back
  } finally {
    isAsking = false;
    if (asksAgain) {
      asksAgain = false;
      ask();
    }
  }
}

function draw(found, main) {
  const hadFocus = place.contains(document.activeElement);
  place.replaceChildren(...main.childNodes);
  document.title = found.title;
  if (hadFocus) place.focus({ preventScroll: true });
  ears.textContent = "";
  setTimeout(() => (ears.textContent = "This page has changed."), 100);
  dispatchEvent(new Event("drawn"));
}

function show(found, main) {
  place.querySelector("[data-offer]")?.remove();
  const offer = document.createElement("p");
  offer.className = "pv-notice";
  offer.dataset.offer = "";
  offer.setAttribute("role", "status");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "pv-btn";
  button.textContent = "Show what is new";
  button.addEventListener("click", () => draw(found, main));
  offer.append("Something on this page has changed. ", button);
  place.prepend(offer);
}

function look() {
  if (document.hidden) {
    line?.close();
    line = undefined;
  } else if (!line || line.readyState === EventSource.CLOSED) {
    line = new EventSource(address);
    for (const name of ["hello", "changed"]) line.addEventListener(name, ask);
  }
}

document.addEventListener("visibilitychange", look);
setInterval(look, 30_000); // one that was refused is tried again
look();
