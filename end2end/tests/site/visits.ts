import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { prepared } from '../../people/prepared';
import { root } from '../../people/server';
import { addresses } from '../../people/shopping';
import type { Person } from '../../people/sign_in';

/** The pages of the program, as its own table names them. */
export const routes = [...readFileSync(`${root}src/app.rs`, 'utf8').matchAll(/path!\("([^"]+)"\)/g)].map(([, path]) => path);

type Visit = {
  as: Person | 'nobody';
  /** What is special about this one. */
  what?: string;
  /** Where it is, or how its visitor finds it; the route itself if it names nothing. */
  at?: string | ((page: Page) => string | Promise<string>);
  status?: number;
  /** Words that prove that it is the page in this state. */
  shows?: string | RegExp;
};

const wedding = () => prepared('wedding');
const lisbon = () => prepared('lisbon');
const photoOf = (gallery: string, n: number) => async (page: Page) => {
  await page.goto(prepared(gallery));
  return (await addresses(page, '/photos/'))[n];
};
const NOTHING = { status: 404, shows: 'There is nothing here' };

/** Each page in each state that the demo, or ready.ts, has of it. */
export const visits: Record<string, Visit[]> = {
  '/': [{ as: 'nobody' }, { as: 'client' }],
  '/about': [{ as: 'nobody' }],
  '/services': [{ as: 'nobody' }],
  '/contact': [{ as: 'nobody' }],
  '/login': [{ as: 'nobody' }],
  '/register': [{ as: 'nobody' }],
  '/forgot': [{ as: 'nobody' }],
  '/verify': [{ as: 'nobody' }],
  // first_run.spec.ts sees it at work
  '/setup': [{ as: 'nobody', what: 'when it is done', ...NOTHING }],
  '/reset/:token': [
    { as: 'nobody', at: () => prepared('reset'), shows: 'For priya@photovault.test.' },
    { as: 'nobody', what: 'mistyped', at: '/reset/mistyped', ...NOTHING },
  ],
  '/confirm/:token': [{ as: 'vera', at: () => prepared('confirm'), shows: /vera-\d@photovault\.test/ }],
  '/invitation/:token': [{ as: 'nobody', at: () => prepared('invitation'), shows: 'kitchen@photovault.test' }],
  '/profile': [{ as: 'client' }, { as: 'photographer' }],
  '/galleries': [{ as: 'client' }, { as: 'photographer' }],
  '/galleries/:id': [
    { as: 'client', at: wedding, shows: 'wedding by the lake' },
    { as: 'client', what: 'a selection', at: () => prepared('selection'), shows: 'These photographs were picked for you.' },
    { as: 'priya', what: 'not published', at: lisbon, shows: 'Not published yet' },
  ],
  '/galleries/:id/photos/:photo': [
    { as: 'tomas', what: 'for sale', at: photoOf('wedding', 8), shows: 'Add to cart' },
    { as: 'tomas', what: 'bought', at: photoOf('wedding', 0), shows: 'You have this already.' },
    { as: 'client', what: 'to keep', at: photoOf('coast', 0), shows: 'Download original' },
    { as: 'photographer', what: 'their own', at: photoOf('wedding', 1), shows: 'Save title' },
  ],
  '/cart': [
    { as: 'tomas', shows: 'Go to checkout' },
    { as: 'priya', what: 'empty', shows: 'Your cart is empty' },
  ],
  '/checkout': [
    { as: 'tomas', shows: 'How would you like to pay?' },
    { as: 'priya', what: 'empty', shows: 'Your cart is empty' },
  ],
  '/orders': [{ as: 'clara' }, { as: 'priya', what: 'none', shows: 'No orders yet' }],
  '/orders/:number': [
    { as: 'tomas', what: 'waiting', at: () => prepared('waiting order'), shows: 'How to pay' },
    { as: 'tomas', what: 'paid', at: () => prepared('paid order'), shows: 'Your photographs are ready.' },
    { as: 'clara', what: 'cancelled', at: () => prepared('cancelled order'), shows: 'This order is cancelled.' },
    { as: 'clara', what: 'declined', at: () => prepared('declined order'), shows: 'The payment did not go through.' },
    { as: 'clara', what: 'waiting for a card', at: () => prepared('card order'), shows: 'by card' },
    { as: 'clara', what: "somebody else's", at: () => prepared('waiting order'), ...NOTHING },
  ],
  '/orders/:number/pay': [
    { as: 'clara', at: () => `${prepared('card order')}/pay`, shows: 'Your card goes straight to the payment provider' },
    { as: 'tomas', what: 'paid', at: () => `${prepared('paid order')}/pay`, shows: 'There is nothing to pay' },
  ],
  '/payments': [{ as: 'tomas' }, { as: 'priya', what: 'none' }],
  '/purchases': [{ as: 'tomas', shows: 'Download web size' }, { as: 'priya', what: 'none', shows: 'No purchases yet' }],
  '/studio': [{ as: 'photographer' }, { as: 'owner' }],
  '/studio/galleries': [{ as: 'photographer' }],
  '/studio/galleries/:id': [
    { as: 'photographer', at: () => `/studio${wedding()}`, shows: 'Unpublish gallery' },
    { as: 'priya', what: 'a draft', at: () => `/studio${lisbon()}`, shows: 'Nobody but the studio sees this gallery yet.' },
    { as: 'tomas', what: 'no business of theirs', at: () => `/studio${wedding()}`, ...NOTHING },
  ],
  '/studio/photos': [{ as: 'photographer' }],
  '/studio/clients': [{ as: 'photographer' }],
  '/studio/orders': [{ as: 'photographer' }, { as: 'owner' }],
  '/studio/orders/:number': [
    { as: 'owner', what: 'waiting', at: () => `/studio${prepared('waiting order')}`, shows: 'Has the money come?' },
    { as: 'owner', what: 'paid', at: () => `/studio${prepared('paid order')}`, shows: 'Paid' },
    { as: 'owner', what: 'cancelled', at: () => `/studio${prepared('cancelled order')}`, shows: 'Cancelled' },
    { as: 'photographer', what: 'paid', at: () => `/studio${prepared('paid order')}`, shows: 'Paid' },
  ],
  '/studio/payments': [{ as: 'photographer' }, { as: 'owner' }],
  '/studio/prices': [
    { as: 'photographer' },
    { as: 'owner', shows: 'Save studio prices' },
    { as: 'photographer', what: 'of one gallery', at: () => `/studio/prices?gallery=${wedding().split('/').at(-1)}`, shows: 'Save gallery prices' },
  ],
  '/studio/settings': [{ as: 'photographer' }, { as: 'owner' }],
  '/admin': [{ as: 'owner' }],
  '/admin/mail': [{ as: 'owner' }],
  '/admin/letters': [{ as: 'owner' }],
  '/admin/errors': [{ as: 'owner' }],
};

/** Not in the table: what stands in a page's place. */
export const failures: Visit[] = [
  { as: 'nobody', what: 'an address that does not exist', at: '/no-such-page', ...NOTHING },
  { as: 'photographer', what: 'an address that does not exist in the studio', at: '/studio/no-such-page', ...NOTHING },
  { as: 'tomas', what: 'a gallery that is nobody’s', at: '/galleries/00000000-0000-7000-8000-000000000000', ...NOTHING },
];

/** What search engines may show. */
export const publicPages = ['/', '/about', '/services', '/contact', '/login', '/register'];
