-- a second name to sign in with; people who came through the pages have none
ALTER TABLE users ADD COLUMN username TEXT;
ALTER TABLE users ADD COLUMN username_key TEXT;
CREATE UNIQUE INDEX users_by_username ON users (username_key);

-- everything that came from one sign-in of a program; `current` is the only refresh token that still counts
CREATE TABLE token_families (
    id UUID PRIMARY KEY,
    user_id UUID NOT NULL REFERENCES users (id),
    current UUID NOT NULL,
    agent TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    revoked_at BIGINT
);
CREATE INDEX token_families_by_user ON token_families (user_id);

-- tokens that people made for their programs: only the hash, and what they may
CREATE TABLE personal_tokens (
    id UUID PRIMARY KEY,
    user_id UUID NOT NULL REFERENCES users (id),
    name TEXT NOT NULL,
    token_hash BYTEA NOT NULL UNIQUE,
    scopes TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT
);
CREATE INDEX personal_tokens_by_user ON personal_tokens (user_id);

-- what was answered under an idempotency key; without a status it is being carried out
CREATE TABLE api_answers (
    user_id UUID NOT NULL REFERENCES users (id),
    route TEXT NOT NULL,
    idempotency_key TEXT NOT NULL,
    fingerprint BYTEA NOT NULL,
    status BIGINT,
    location TEXT,
    body TEXT,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, route, idempotency_key)
);
CREATE INDEX api_answers_by_time ON api_answers (created_at);
