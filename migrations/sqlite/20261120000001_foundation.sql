-- One text for both engines: the PostgreSQL twin differs only in the names of two types (BLOB is UUID or BYTEA there).
-- Times are unix milliseconds, money is minor units.

CREATE TABLE studio (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    name TEXT NOT NULL,
    tagline TEXT NOT NULL,
    about TEXT NOT NULL,
    services TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    currency TEXT NOT NULL,
    payment_instructions TEXT NOT NULL,
    watermark_text TEXT NOT NULL,
    watermark_style TEXT NOT NULL,
    watermark_opacity BIGINT NOT NULL,
    watermark_rev BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE users (
    id BLOB PRIMARY KEY,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL UNIQUE,
    email_verified_at BIGINT,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    password_hash TEXT,
    is_active BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL
);

-- browser sessions: only the hash of the cookie's secret
CREATE TABLE sessions (
    id BLOB PRIMARY KEY,
    token_hash BLOB NOT NULL UNIQUE,
    user_id BLOB NOT NULL REFERENCES users (id),
    stay BOOLEAN NOT NULL,
    agent TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL
);
CREATE INDEX sessions_by_user ON sessions (user_id);

-- links in mails: password reset, address confirmation, invitation; used once
CREATE TABLE links (
    id BLOB PRIMARY KEY,
    token_hash BLOB NOT NULL UNIQUE,
    purpose TEXT NOT NULL,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL,
    role TEXT,
    created_by BLOB REFERENCES users (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX links_by_email ON links (email_key, purpose);

CREATE TABLE contact_messages (
    id BLOB PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    message TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE mails (
    id BLOB PRIMARY KEY,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    once_key TEXT NOT NULL UNIQUE,
    created_at BIGINT NOT NULL,
    sent_at BIGINT,
    attempts BIGINT NOT NULL,
    failure TEXT
);
CREATE INDEX mails_by_time ON mails (created_at, id);

CREATE TABLE jobs (
    id BLOB PRIMARY KEY,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    priority BIGINT NOT NULL,
    status TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    run_at BIGINT NOT NULL,
    rerun BOOLEAN NOT NULL,
    locked_by BLOB,
    locked_until BIGINT,
    failure TEXT,
    UNIQUE (kind, subject)
);
CREATE INDEX jobs_due ON jobs (status, priority DESC, run_at, id);

CREATE TABLE limits (
    bucket TEXT PRIMARY KEY,
    hits BIGINT NOT NULL,
    resets_at BIGINT NOT NULL
);

CREATE TABLE counters (
    name TEXT PRIMARY KEY,
    value BIGINT NOT NULL
);

CREATE TABLE history (
    id BLOB PRIMARY KEY,
    entity TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    from_state TEXT NOT NULL,
    to_state TEXT NOT NULL,
    actor_id BLOB,
    reason TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX history_by_entity ON history (entity, entity_id, at);
