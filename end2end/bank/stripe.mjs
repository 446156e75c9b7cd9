// A small Stripe for the browser tests: it keeps books, knows a few cards, asks for confirmations, and tells by signed
// webhooks what happened. It speaks only as much of Stripe's language as a studio uses, and refuses everything else.
//     node bank/stripe.mjs PORT WEBHOOK_ADDRESS
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const [port, webhook] = process.argv.slice(2);
const secret = 'whsec_end2end';
const intents = new Map();
const refunds = [];
const answered = new Map();
let count = 0;

const script = readFileSync(new URL('stripe.js', import.meta.url));
const next = (kind) => `${kind}_${++count}${Math.random().toString(36).slice(2, 10)}`;

const declines = {
  4000000000000002: ['card_declined', 'Your card was declined.'],
  4000000000009995: ['card_declined', 'Your card has insufficient funds.'],
  4000000000000069: ['expired_card', 'Your card has expired.'],
};
const asking = '4000002760003184';

class Refusal extends Error {
  constructor(status, code, message, more = {}) {
    super(message);
    this.status = status;
    this.body = { error: { type: status === 402 ? 'card_error' : 'invalid_request_error', code, message, ...more } };
  }
}

function intentOf(id) {
  const intent = intents.get(id);
  if (!intent) throw new Refusal(404, 'resource_missing', `No such payment_intent: '${id}'`);
  return intent;
}

/** As Stripe does: in its own time, and until somebody has listened. */
async function tell(type, object, tries = 5) {
  const body = JSON.stringify({ id: next('evt'), object: 'event', type, created: Math.floor(Date.now() / 1000), livemode: false, data: { object } });
  for (let n = 0; n < tries; n++) {
    const moment = Math.floor(Date.now() / 1000);
    const signature = createHmac('sha256', secret).update(`${moment}.${body}`).digest('hex');
    const headers = { 'Content-Type': 'application/json', 'Stripe-Signature': `t=${moment},v1=${signature}` };
    const answer = await fetch(webhook, { method: 'POST', headers, body }).catch(() => null);
    if (answer?.ok) return;
    await new Promise((done) => setTimeout(done, 500 * 2 ** n));
  }
}

function succeed(intent) {
  Object.assign(intent, { status: 'succeeded', amount_received: intent.amount, last_payment_error: null, latest_charge: next('ch') });
  tell('payment_intent.succeeded', { ...intent });
}

function decline(intent, [code, message]) {
  const error = { type: 'card_error', code, message };
  Object.assign(intent, { status: 'requires_payment_method', last_payment_error: error });
  tell('payment_intent.payment_failed', { ...intent });
  throw new Refusal(402, code, message, { payment_intent: intent });
}

const api = {
  'POST /v1/payment_intents': (form) => {
    if (form['automatic_payment_methods[enabled]'] !== 'true') throw new Refusal(400, 'parameter_missing', 'automatic_payment_methods');
    const id = next('pi');
    const metadata = Object.fromEntries(Object.entries(form).flatMap(([key, value]) => [...key.matchAll(/^metadata\[(\w+)\]$/g)].map(([, name]) => [name, value])));
    const intent = {
      id, object: 'payment_intent', status: 'requires_payment_method', amount: Number(form.amount), amount_received: 0, currency: form.currency,
      livemode: false, metadata, client_secret: `${id}_secret_${next('x')}`, latest_charge: null, last_payment_error: null,
    };
    intents.set(id, intent);
    return intent;
  },
  'GET /v1/payment_intents/:id': (_, id) => intentOf(id),
  'POST /v1/payment_intents/:id/cancel': (_, id) => {
    const intent = intentOf(id);
    if (['succeeded', 'processing', 'canceled'].includes(intent.status)) throw new Refusal(400, 'payment_intent_unexpected_state', 'too late');
    return Object.assign(intent, { status: 'canceled' });
  },
  // what Stripe.js asks from the browser
  'POST /v1/payment_intents/:id/confirm': (form, id) => {
    const intent = intentOf(id);
    if (form.client_secret !== intent.client_secret) throw new Refusal(400, 'payment_intent_invalid_parameter', 'The client_secret does not match.');
    if (['succeeded', 'processing', 'canceled'].includes(intent.status)) {
      throw new Refusal(400, 'payment_intent_unexpected_state', `You cannot confirm this PaymentIntent because it has already ${intent.status}.`);
    }
    const card = form.card.replaceAll(' ', '');
    if (declines[card]) decline(intent, declines[card]);
    if (card === asking) {
      intent.status = 'requires_action';
      tell('payment_intent.requires_action', { ...intent });
    } else if (card === '4242424242424242') {
      succeed(intent);
    } else {
      throw new Refusal(402, 'incorrect_number', 'Your card number is incorrect.');
    }
    return intent;
  },
  'POST /v1/payment_intents/:id/confirmation': (form, id) => {
    const intent = intentOf(id);
    if (form.client_secret !== intent.client_secret || intent.status !== 'requires_action') throw new Refusal(400, 'payment_intent_unexpected_state', 'no');
    if (form.allowed !== 'true') decline(intent, ['payment_intent_authentication_failure', 'We are unable to authenticate your payment method.']);
    succeed(intent);
    return intent;
  },
  'POST /v1/refunds': (form) => {
    const intent = intentOf(form.payment_intent);
    const given = refunds.filter((refund) => refund.payment_intent === intent.id).reduce((sum, refund) => sum + refund.amount, 0);
    if (Number(form.amount) > intent.amount_received - given) throw new Refusal(400, 'charge_already_refunded', 'too much');
    const refund = { id: next('re'), object: 'refund', status: 'succeeded', amount: Number(form.amount), currency: intent.currency, payment_intent: intent.id, metadata: { refund: form['metadata[refund]'] }, created: Math.floor(Date.now() / 1000) };
    refunds.push(refund);
    tell('charge.refunded', { id: intent.latest_charge, object: 'charge', payment_intent: intent.id });
    return refund;
  },
  'GET /v1/refunds': (form) => ({ object: 'list', has_more: false, data: refunds.filter((refund) => refund.payment_intent === form.payment_intent) }),
  'GET /v1/refunds/:id': (_, id) => refunds.find((refund) => refund.id === id),
};

function carryOut(method, url, form, key) {
  const path = url.pathname.replace(/\/((?:pi|re)_\w+)/, '/:id');
  const id = url.pathname.match(/\/((?:pi|re)_\w+)/)?.[1];
  const work = api[`${method} ${path}`];
  if (!work) throw new Refusal(404, 'unknown_path', `Unrecognized request URL (${method}: ${url.pathname})`);
  const print = `${url.pathname} ${JSON.stringify(form)}`;
  const before = key && answered.get(key);
  if (before && before.print !== print) throw new Refusal(400, 'idempotency_error', 'one key, two requests');
  if (before) return before.answer;
  const answer = JSON.parse(JSON.stringify(work(form, id)));
  if (key) answered.set(key, { print, answer });
  return answer;
}

createServer(async (request, response) => {
  const url = new URL(request.url, 'http://bank');
  const send = (status, body, kind = 'application/json') => {
    response.writeHead(status, {
      'Content-Type': kind,
      'Access-Control-Allow-Origin': request.headers.origin ?? '*',
      'Access-Control-Allow-Headers': request.headers['access-control-request-headers'] ?? '*',
      'Cross-Origin-Resource-Policy': 'cross-origin',
    });
    response.end(body);
  };
  // a browser asks first, because every test's requests carry an address of their own
  if (request.method === 'OPTIONS') return send(204, '');
  if (url.pathname === '/v3/') return send(200, script, 'text/javascript');
  if (url.pathname === '/') return send(200, 'ready', 'text/plain');
  let body = '';
  for await (const part of request) body += part;
  const form = Object.fromEntries(new URLSearchParams(body || url.search));
  const isOurs = request.headers.authorization === 'Bearer sk_test_end2end';
  try {
    if (!isOurs && form.key !== 'pk_test_end2end') throw new Refusal(401, 'api_key', 'You did not provide an API key.');
    delete form.key;
    send(200, JSON.stringify(carryOut(request.method, url, form, isOurs && request.headers['idempotency-key'])));
  } catch (refusal) {
    send(refusal.status ?? 500, JSON.stringify(refusal.body ?? { error: { type: 'api_error', message: String(refusal) } }));
  }
}).listen(Number(port), '127.0.0.1');
