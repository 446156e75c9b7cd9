-- papers that are never rewritten: everything that stands on one is kept as it was on its day
CREATE TABLE invoices (
    number TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    order_id UUID NOT NULL REFERENCES orders (id),
    refund_id UUID UNIQUE REFERENCES refunds (id),
    issued_at BIGINT NOT NULL,
    paper TEXT NOT NULL
);
CREATE INDEX invoices_by_order ON invoices (order_id, number);
CREATE UNIQUE INDEX invoices_one_for_an_order ON invoices (order_id) WHERE kind = 'invoice';

-- the studio's address and tax number as they stand on invoices
ALTER TABLE studio ADD COLUMN invoice_details TEXT NOT NULL DEFAULT '';
