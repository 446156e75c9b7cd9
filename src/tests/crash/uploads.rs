use super::ledger::Ledger;
use crate::support::{browser::Browser, program::photograph};
use photovault::{
    features::photos::PhotoStatus,
    platform::{Services, db::sql, storage::Key},
    shared::GalleryId,
};

/// One file after the other, until the connection breaks.
pub async fn lane(photographer: Browser, gallery: GalleryId, first: u64, ledger: Ledger) {
    for n in first.. {
        let bytes = photograph(n);
        let Some(page) = photographer.try_upload(gallery, &bytes).await else { return };
        assert_eq!(page.status, 200, "{page:?}");
        // an answer that broke off in the middle confirms nothing
        let Some(photo) = page.photo() else { return };
        ledger.note(|confirmed| confirmed.photos.insert(photo, bytes));
    }
}

/// Every confirmed photograph is there, bit for bit, and prepared; and no row of any photograph is without its file.
pub async fn all_there(services: &Services, ledger: &Ledger) {
    for (photo, bytes) in &ledger.all().photos {
        let (hash, status): (Vec<u8>, PhotoStatus) =
            sql("SELECT blob_hash, status FROM photos WHERE id = $1").bind(*photo).one(&services.db).await.unwrap();
        assert_eq!(&std::fs::read(services.storage.local_path(&Key::original(&hash))).unwrap(), bytes, "the original of {photo}");
        assert_eq!(status, PhotoStatus::Ready, "{photo} was prepared after all");
        assert!(services.storage.local_path(&Key::variant(*photo, "thumb")).exists());
    }
    // the shop's own photographs are rows of the test's
    let rows: Vec<(Vec<u8>,)> = sql("SELECT blob_hash FROM photos WHERE filename = 'a.jpg'").all(&services.db).await.unwrap();
    assert!(rows.len() >= ledger.sizes().0);
    for (hash,) in rows {
        assert_eq!(services.storage.is_right(&Key::original(&hash)).await, Ok(Some(true)), "a row has its file");
    }
}
