-- a stand-in of 8 pixels, ready for a style attribute: worked out once, because a page shows a hundred of them
ALTER TABLE photos ADD COLUMN placeholder TEXT;
CREATE INDEX photos_by_time ON photos (created_at, id);
