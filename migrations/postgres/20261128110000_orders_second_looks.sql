-- when an event that nobody could handle yet is looked at again; those that were given up wait once more
ALTER TABLE payment_events ADD COLUMN due_at BIGINT NOT NULL DEFAULT 0;
UPDATE payment_events SET handled_at = NULL WHERE outcome = 'given up';
CREATE INDEX payment_events_due ON payment_events (due_at) WHERE handled_at IS NULL;

-- what was really taken, where it is something else than what was asked for
ALTER TABLE payments ADD COLUMN taken BIGINT;
ALTER TABLE payments ADD COLUMN taken_currency TEXT;

-- what the provider thinks of a payment, and whether its downloads rest until the studio has looked ('held', 'released')
ALTER TABLE payments ADD COLUMN risk_level TEXT;
ALTER TABLE payments ADD COLUMN risk_type TEXT;
ALTER TABLE payments ADD COLUMN hold TEXT;
