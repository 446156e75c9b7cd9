-- how many bytes each person keeps, counted along with the images: summing up a hundred thousand of them at each upload
-- would take longer than the upload
CREATE TABLE image_rooms (
    user_id UUID PRIMARY KEY REFERENCES users (id),
    bytes BIGINT NOT NULL
);
INSERT INTO image_rooms (user_id, bytes) SELECT user_id, CAST(SUM(size) AS BIGINT) FROM images GROUP BY user_id;
