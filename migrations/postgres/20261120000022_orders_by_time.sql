-- the studio's list of all orders, newest first, and what was sold since the day began
CREATE INDEX orders_by_time ON orders (placed_at, id);
CREATE INDEX orders_by_payment ON orders (paid_at);
