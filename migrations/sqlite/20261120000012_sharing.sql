-- Each right is given once: a repeated assignment, even at the same instant, finds it there. The same indexes answer
-- "may this person see this photo" with one look each.
CREATE UNIQUE INDEX grants_whole_by_user ON grants (user_id, gallery_id) WHERE photo_id IS NULL AND revoked_at IS NULL;
CREATE UNIQUE INDEX grants_photo_by_user ON grants (user_id, photo_id) WHERE revoked_at IS NULL;
CREATE UNIQUE INDEX grants_whole_by_email ON grants (email_key, gallery_id) WHERE photo_id IS NULL AND revoked_at IS NULL;
CREATE UNIQUE INDEX grants_photo_by_email ON grants (email_key, photo_id) WHERE revoked_at IS NULL;
-- the address as it was typed, for the letter and the list; comparisons use its key
ALTER TABLE grants ADD COLUMN email TEXT;
-- when the letter about it was written; a gallery that is not published yet waits with its letters
ALTER TABLE grants ADD COLUMN announced_at BIGINT;

-- what hangs on the wall, in order: a page in the middle of thousands costs what the first one costs
CREATE INDEX photos_on_the_wall ON photos (gallery_id, position, id) WHERE removed_at IS NULL AND status = 'ready';

-- what the studio shows to everybody on its home page
CREATE TABLE site_home_pictures (
    photo_id BLOB PRIMARY KEY REFERENCES photos (id),
    position BIGINT NOT NULL
);
