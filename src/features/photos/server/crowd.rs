//! Rows by the hundred thousand, for measuring how lists behave when a studio has grown. Never called by a page.
use crate::{
    platform::{Services, db::sql},
    shared::{AppError, PhotoId},
};

/// Hangs copies of a prepared photo behind it: each has a row and an identity of its own, none has files.
pub async fn hang_copies(services: &Services, model: PhotoId, count: usize) -> Result<(), AppError> {
    let mut tx = services.db.begin().await?;
    for n in 0..count {
        let hash = blake3::hash(&n.to_le_bytes()).as_bytes().to_vec();
        sql("INSERT INTO blobs (hash, size, crc32, created_at) SELECT $1, b.size, b.crc32, b.created_at FROM blobs b JOIN photos p ON p.blob_hash = b.hash WHERE p.id = $2")
            .bind(hash.clone())
            .bind(model)
            .run(&mut tx)
            .await?;
        sql("INSERT INTO photos (id, gallery_id, photographer_id, uploader_id, blob_hash, filename, format, size, width, height, title, facts, status, thumbhash, placeholder, marked_rev, position, created_at)
             SELECT $1, gallery_id, photographer_id, uploader_id, $2, filename, format, size, width, height, title, facts, status, thumbhash, placeholder, marked_rev, position + $4, created_at
             FROM photos WHERE id = $3")
            .bind(PhotoId::new())
            .bind(hash)
            .bind(model)
            .bind(n as i64 + 1)
            .run(&mut tx)
            .await?;
    }
    tx.commit().await
}
