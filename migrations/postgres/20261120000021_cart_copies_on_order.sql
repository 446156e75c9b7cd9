-- copies that wait for payment in an order: a person cannot order the same copy twice, whatever two tabs do at once
CREATE TABLE copies_on_order (
    user_id UUID NOT NULL REFERENCES users (id),
    photo_id UUID NOT NULL REFERENCES photos (id),
    size TEXT NOT NULL,
    order_number TEXT NOT NULL,
    PRIMARY KEY (user_id, photo_id, size)
);
CREATE INDEX copies_on_order_by_number ON copies_on_order (order_number);
