// The one page on which a card is given. Loads the payment provider's script, shows its form, and afterwards leads to
// the order, which says what became of it.
const form = document.getElementById("pv-pay");
const button = form.querySelector("button[type=submit]");
const problem = document.getElementById("pv-problem");
const words = button.textContent;

function tell(text) {
  problem.textContent = text;
  problem.hidden = !text;
}

async function ask(name) {
  const answer = await fetch(`/_fn/${name}`, {
    method: "POST",
    headers: { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ number: form.dataset.number }),
  });
  if (answer.status === 401) location.reload();
  const said = await answer.json().catch(() => null);
  if (answer.ok) return said;
  if (answer.status === 429) throw new Error("Too many cards were tried. Nothing was charged. Please try again in an hour, or pay in another way.");
  throw new Error(said?.Conflict ?? "The payment cannot begin just now. Nothing was charged. Please try again in a moment.");
}

function load(address) {
  return new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = done;
    script.onerror = () => failed(new Error("The form for your card could not be loaded. Please check your connection and load this page again."));
    document.head.append(script);
  });
}

function look() {
  const style = getComputedStyle(document.body);
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const theme = document.documentElement.dataset.theme;
  return { theme: (theme === "dark" || (theme !== "light" && dark)) ? "night" : "stripe", variables: { fontFamily: style.fontFamily, fontSizeBase: "16px" } };
}

async function begin() {
  const [payment] = await Promise.all([ask("begin_card_payment"), load(form.dataset.script)]);
  const stripe = window.Stripe(form.dataset.key);
  const elements = stripe.elements({ clientSecret: payment.client_secret, appearance: look() });
  document.getElementById("pv-wait").remove();
  elements.create("payment").mount("#pv-card");
  button.disabled = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    tell("");
    button.disabled = true;
    button.textContent = "One moment…";
    try {
      const { error } = await stripe.confirmPayment({ elements, confirmParams: { return_url: payment.return_url }, redirect: "if_required" });
      if (!error) return location.assign(payment.return_url);
      // whatever it was, the server asks the provider what it knows; the order's page says the same
      ask("check_payment").catch(() => {});
      if (error.code === "payment_intent_unexpected_state") return location.assign(payment.return_url);
      tell(`${error.message ?? "The payment did not go through."}${error.type === "validation_error" ? "" : " Nothing was charged. Please try again, or take another card."}`);
    } catch {
      tell("The connection broke off. Please look at your order before you pay again: it says whether the payment went through.");
    }
    button.disabled = false;
    button.textContent = words;
  });
}

begin().catch((error) => {
  document.getElementById("pv-wait")?.remove();
  tell(error.message);
});
