//! Rows by the hundred thousand, for measuring how lists behave. Never called by the API.
use super::store::{self, ImageRow};
use crate::{
    platform::Services,
    shared::{AppError, ImageId, UserId},
};

/// Images without bytes, a second apart.
pub async fn keep_rows(services: &Services, user: UserId, count: usize) -> Result<(), AppError> {
    let now = services.clock.now();
    const SIZE: i64 = 2_500_000;
    let mut tx = services.db.begin().await?;
    store::take_room(&mut tx, user, SIZE * count as i64, i64::MAX).await?;
    for n in 0..count {
        let at = now - 1_000 * (n as i64 + 1);
        let image = ImageRow {
            id: ImageId::new(),
            user_id: user,
            filename: format!("image_{n}.jpg"),
            format: "image/jpeg".into(),
            size: SIZE,
            width: 4_000,
            height: 3_000,
            hash: blake3::hash(&n.to_le_bytes()).as_bytes().to_vec(),
            title: format!("Image {n}"),
            description: "One of very many".into(),
            created_at: at,
            changed_at: at,
        };
        store::insert(&mut tx, &image).await?;
        store::set_here(&mut tx, image.id, true).await?;
    }
    tx.commit().await
}
