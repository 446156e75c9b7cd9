// The browser's side of the stand-in: as much of Stripe.js as the page of a payment uses. Its fields stand in the page
// itself, where the real ones stand in frames.
(() => {
  const bank = new URL(document.currentScript.src).origin;

  const make = (name, more = {}, ...children) => {
    const node = Object.assign(document.createElement(name), more);
    node.append(...children);
    return node;
  };

  async function ask(path, form) {
    const answer = await fetch(`${bank}/v1/payment_intents/${path}`, { method: 'POST', body: new URLSearchParams(form) });
    const said = await answer.json();
    return said.error ? { error: said.error } : { paymentIntent: said };
  }

  /** The bank's own question, as 3-D Secure asks it. */
  const confirmation = () =>
    new Promise((decided) => {
      const button = (words, allowed) => make('button', { type: 'button', textContent: words, className: 'pv-btn', onclick: () => (dialog.remove(), decided(allowed)) });
      const dialog = make('dialog', { ariaLabel: 'Your bank' }, make('p', { textContent: 'Your bank: do you want to pay this?' }), button('Confirm', true), button('Refuse', false));
      document.body.append(dialog);
      dialog.showModal();
    });

  window.Stripe = (key) => ({
    elements: ({ clientSecret }) => {
      const fields = { clientSecret };
      const field = (name, label) => {
        const input = make('input', { name, autocomplete: 'off', className: 'pv-input' });
        fields[name] = input;
        return make('label', { className: 'block' }, `${label} `, input);
      };
      fields.create = () => ({
        mount: (place) => document.querySelector(place).append(field('number', 'Card number'), field('expiry', 'Expiry date'), field('cvc', 'Security code')),
      });
      return fields;
    },
    confirmPayment: async ({ elements, confirmParams, redirect }) => {
      const { clientSecret, number, expiry, cvc } = elements;
      if (!number.value || !expiry.value || !cvc.value) return { error: { type: 'validation_error', message: 'Your card number is incomplete.' } };
      const id = clientSecret.split('_secret_')[0];
      const sign = { key, client_secret: clientSecret };
      let said = await ask(`${id}/confirm`, { ...sign, card: number.value });
      if (said.paymentIntent?.status === 'requires_action') said = await ask(`${id}/confirmation`, { ...sign, allowed: await confirmation() });
      if (said.error || redirect === 'if_required') return said;
      location.assign(confirmParams.return_url);
      return new Promise(() => {});
    },
  });
})();
