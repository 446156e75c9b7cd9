-- how a card payment stands is asked again and again, ever more rarely
ALTER TABLE payments ADD COLUMN checked_at BIGINT;
CREATE UNIQUE INDEX payments_by_intent ON payments (provider_ref) WHERE provider = 'card';
CREATE INDEX payments_by_status ON payments (status, created_at);

-- what the provider told us, each thing once. Not what it said (that holds secrets): what it was about.
CREATE TABLE payment_events (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    object TEXT NOT NULL,
    intent TEXT,
    state TEXT,
    created_at BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    handled_at BIGINT,
    outcome TEXT
);
CREATE INDEX payment_events_unhandled ON payment_events (received_at) WHERE handled_at IS NULL;

-- one row a refund, written before the provider is asked; its id is the key under which it is asked
CREATE TABLE refunds (
    id UUID PRIMARY KEY,
    order_id UUID NOT NULL REFERENCES orders (id),
    payment_id UUID NOT NULL REFERENCES payments (id),
    provider_ref TEXT UNIQUE,
    amount BIGINT NOT NULL,
    currency TEXT NOT NULL,
    reason TEXT NOT NULL,
    origin TEXT NOT NULL,
    status TEXT NOT NULL,
    failure TEXT,
    created_at BIGINT NOT NULL,
    settled_at BIGINT
);
CREATE INDEX refunds_by_order ON refunds (order_id, created_at);
CREATE INDEX refunds_by_payment ON refunds (payment_id);
CREATE INDEX refunds_by_status ON refunds (status, created_at);

-- each line's part of a refund; a returned line loses its downloads when the refund is through
CREATE TABLE refund_lines (
    refund_id UUID NOT NULL REFERENCES refunds (id),
    order_line_id UUID NOT NULL REFERENCES order_lines (id),
    amount BIGINT NOT NULL,
    is_returned BOOLEAN NOT NULL,
    PRIMARY KEY (refund_id, order_line_id)
);
CREATE INDEX refund_lines_by_line ON refund_lines (order_line_id);

-- payments that the payer's bank has called back
CREATE TABLE disputes (
    id TEXT PRIMARY KEY,
    order_id UUID NOT NULL REFERENCES orders (id),
    payment_id UUID NOT NULL REFERENCES payments (id),
    amount BIGINT NOT NULL,
    currency TEXT NOT NULL,
    reason TEXT NOT NULL,
    state TEXT NOT NULL,
    opened_at BIGINT NOT NULL,
    closed_at BIGINT
);
CREATE INDEX disputes_by_order ON disputes (order_id);

-- taken back for the time of a dispute, and given again when it is won
ALTER TABLE entitlements ADD COLUMN is_suspended BOOLEAN NOT NULL DEFAULT FALSE;
