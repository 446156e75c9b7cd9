-- when the stored original was last compared with its hash, and what was wrong with it: missing or damaged
ALTER TABLE blobs ADD COLUMN checked_at BIGINT;
ALTER TABLE blobs ADD COLUMN trouble TEXT;
CREATE INDEX blobs_by_check ON blobs (checked_at);
-- a photograph that was removed long ago and that nobody bought keeps its row, for what refers to it, but no file
ALTER TABLE photos ADD COLUMN purged_at BIGINT;
CREATE INDEX photos_to_purge ON photos (removed_at, id) WHERE removed_at IS NOT NULL AND purged_at IS NULL;
