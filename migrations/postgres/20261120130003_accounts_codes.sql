-- the code that proves an address: one a person, the newest; kept as a keyed hash
CREATE TABLE email_codes (
    user_id UUID PRIMARY KEY REFERENCES users (id),
    code_hash BYTEA NOT NULL,
    attempts BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
