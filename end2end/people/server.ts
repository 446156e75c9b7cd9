import { fileURLToPath } from 'node:url';

/** Where serve.sh listens. */
export const address = `http://127.0.0.1:${process.env.PHOTOVAULT_TEST_PORT ?? 3187}`;

/** Where the stand-in for Stripe listens (bank/stripe.mjs). */
export const bank = `http://127.0.0.1:${process.env.PHOTOVAULT_TEST_BANK_PORT ?? 3188}`;

/** The project's folder. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** What serve.sh empties at each start: the data folder and what the tests remember of one run. */
export const runFolder = `${root}target/end2end/`;

/** Where the server puts its letters. */
export const mailFolder = `${runFolder}data/mail/`;
