CREATE TABLE galleries (
    id BLOB PRIMARY KEY,
    photographer_id BLOB NOT NULL REFERENCES users (id),
    title TEXT NOT NULL,
    event_date TEXT,
    client_name TEXT NOT NULL,
    note TEXT NOT NULL,
    cover_photo_id BLOB,
    status TEXT NOT NULL,
    shows_prices BOOLEAN NOT NULL,
    has_watermark BOOLEAN NOT NULL,
    has_free_downloads BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    published_at BIGINT,
    removed_at BIGINT
);
CREATE INDEX galleries_by_photographer ON galleries (photographer_id, created_at, id);

-- originals by the hash of their bytes; kept while any photo refers to them
CREATE TABLE blobs (
    hash BLOB PRIMARY KEY,
    size BIGINT NOT NULL,
    crc32 BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE photos (
    id BLOB PRIMARY KEY,
    gallery_id BLOB NOT NULL REFERENCES galleries (id),
    photographer_id BLOB NOT NULL REFERENCES users (id),
    uploader_id BLOB NOT NULL REFERENCES users (id),
    blob_hash BLOB NOT NULL REFERENCES blobs (hash),
    filename TEXT NOT NULL,
    format TEXT NOT NULL,
    size BIGINT NOT NULL,
    width BIGINT NOT NULL,
    height BIGINT NOT NULL,
    title TEXT NOT NULL,
    facts TEXT NOT NULL,
    status TEXT NOT NULL,
    failure TEXT,
    thumbhash BLOB,
    marked_rev BIGINT NOT NULL,
    position BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    removed_at BIGINT
);
CREATE INDEX photos_in_gallery ON photos (gallery_id, position, id);
CREATE INDEX photos_by_photographer ON photos (photographer_id, created_at, id);
CREATE INDEX photos_by_blob ON photos (blob_hash);
CREATE INDEX photos_by_status ON photos (status);
-- the same bytes by the same person in one gallery are the same photo
CREATE UNIQUE INDEX photos_once ON photos (gallery_id, uploader_id, blob_hash) WHERE removed_at IS NULL;

-- who may enter: a whole gallery, or one photo of it; by account, or waiting for an address to prove itself
CREATE TABLE grants (
    id BLOB PRIMARY KEY,
    batch_id BLOB NOT NULL,
    gallery_id BLOB NOT NULL REFERENCES galleries (id),
    photo_id BLOB REFERENCES photos (id),
    user_id BLOB REFERENCES users (id),
    email_key TEXT,
    created_by BLOB NOT NULL REFERENCES users (id),
    created_at BIGINT NOT NULL,
    revoked_at BIGINT
);
CREATE INDEX grants_by_user ON grants (user_id, gallery_id);
CREATE INDEX grants_by_gallery ON grants (gallery_id);
CREATE INDEX grants_by_email ON grants (email_key);
CREATE INDEX grants_by_batch ON grants (batch_id);
