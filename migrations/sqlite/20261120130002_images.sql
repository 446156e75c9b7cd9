-- images that a person keeps here through the API; nobody else sees them. A row is written before its bytes are kept and
-- outlives them by a moment, so that no object is ever without one.
CREATE TABLE images (
    id BLOB PRIMARY KEY,
    user_id BLOB NOT NULL REFERENCES users (id),
    filename TEXT NOT NULL,
    format TEXT NOT NULL,
    size BIGINT NOT NULL,
    width BIGINT NOT NULL,
    height BIGINT NOT NULL,
    hash BLOB NOT NULL,
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    is_here BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE INDEX images_by_user ON images (user_id, created_at, id);
CREATE INDEX images_astray ON images (created_at) WHERE NOT is_here;
