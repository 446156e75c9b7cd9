-- the studio's list has no gallery; a gallery's own entry wins, and without an amount it says "not for sale here"
CREATE TABLE prices (
    id UUID PRIMARY KEY,
    gallery_id UUID REFERENCES galleries (id),
    scope TEXT NOT NULL,
    size TEXT NOT NULL,
    amount BIGINT,
    currency TEXT NOT NULL,
    licence TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    UNIQUE (scope, size)
);

CREATE TABLE cart_lines (
    id UUID PRIMARY KEY,
    user_id UUID NOT NULL REFERENCES users (id),
    photo_id UUID NOT NULL REFERENCES photos (id),
    size TEXT NOT NULL,
    saved_for_later BOOLEAN NOT NULL,
    price_seen BIGINT NOT NULL,
    currency TEXT NOT NULL,
    added_at BIGINT NOT NULL,
    UNIQUE (user_id, photo_id)
);

CREATE TABLE orders (
    id UUID PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    buyer_id UUID NOT NULL REFERENCES users (id),
    buyer_name TEXT NOT NULL,
    buyer_email TEXT NOT NULL,
    currency TEXT NOT NULL,
    total BIGINT NOT NULL,
    status TEXT NOT NULL,
    provider TEXT NOT NULL,
    placed_at BIGINT NOT NULL,
    paid_at BIGINT,
    paid_on TEXT,
    paid_reference TEXT,
    closed_at BIGINT
);
CREATE INDEX orders_by_buyer ON orders (buyer_id, placed_at, id);
CREATE INDEX orders_by_status ON orders (status, placed_at, id);

CREATE TABLE order_lines (
    id UUID PRIMARY KEY,
    order_id UUID NOT NULL REFERENCES orders (id),
    photo_id UUID NOT NULL REFERENCES photos (id),
    photographer_id UUID NOT NULL REFERENCES users (id),
    gallery_title TEXT NOT NULL,
    filename TEXT NOT NULL,
    size TEXT NOT NULL,
    licence TEXT NOT NULL,
    amount BIGINT NOT NULL,
    position BIGINT NOT NULL,
    UNIQUE (order_id, photo_id)
);
CREATE INDEX order_lines_by_photo ON order_lines (photo_id);
CREATE INDEX order_lines_by_photographer ON order_lines (photographer_id, order_id);

-- one row an attempt; its id is the key under which the provider is asked, so asking twice charges once
CREATE TABLE payments (
    id UUID PRIMARY KEY,
    order_id UUID NOT NULL REFERENCES orders (id),
    provider TEXT NOT NULL,
    provider_ref TEXT,
    amount BIGINT NOT NULL,
    currency TEXT NOT NULL,
    status TEXT NOT NULL,
    failure TEXT,
    created_at BIGINT NOT NULL,
    settled_at BIGINT
);
CREATE INDEX payments_by_order ON payments (order_id);

CREATE TABLE entitlements (
    id UUID PRIMARY KEY,
    user_id UUID NOT NULL REFERENCES users (id),
    photo_id UUID NOT NULL REFERENCES photos (id),
    size TEXT NOT NULL,
    order_line_id UUID NOT NULL UNIQUE REFERENCES order_lines (id),
    created_at BIGINT NOT NULL,
    revoked_at BIGINT
);
CREATE UNIQUE INDEX entitlements_once ON entitlements (user_id, photo_id, size) WHERE revoked_at IS NULL;

CREATE TABLE downloads (
    id UUID PRIMARY KEY,
    user_id UUID NOT NULL REFERENCES users (id),
    photo_id UUID NOT NULL REFERENCES photos (id),
    size TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX downloads_by_photo ON downloads (photo_id, user_id);
