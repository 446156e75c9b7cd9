-- once a price or an order exists, another currency would change what it says
ALTER TABLE studio ADD COLUMN currency_fixed BOOLEAN NOT NULL DEFAULT FALSE;
