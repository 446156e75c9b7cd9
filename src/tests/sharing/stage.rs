//! A published gallery with photographs that lie in the storage, and people who want to see them.
use crate::support::{NOON, World};
use photovault::{
    features::sharing::server::service,
    features::sharing::{Assign, Assigned},
    platform::{RequestContext, db::sql, storage::Key},
    shared::{GalleryId, PhotoId, Role, UserId},
};

pub struct Stage<'a> {
    pub world: &'a World,
    pub owner: RequestContext,
    pub photographer: RequestContext,
    pub gallery: GalleryId,
    pub photos: Vec<PhotoId>,
}

pub fn original(n: usize) -> Vec<u8> {
    (0..100_000).map(|byte: usize| (byte * 7 + n) as u8).collect()
}

impl<'a> Stage<'a> {
    /// A gallery of `count` photographs at the positions 10, 20, 30 …
    pub async fn set(world: &'a World, count: usize) -> Self {
        let owner = world.person(Role::Owner, "owner@example.com").await;
        let photographer = world.person(Role::Photographer, "pia@example.com").await;
        let mut stage = Self { world, owner, photographer, gallery: GalleryId::new(), photos: vec![] };
        stage.gallery = stage.add_gallery(&stage.photographer, "Ada and Ben").await;
        for n in 0..count {
            let photo = stage.add_photo(stage.gallery, n).await;
            stage.photos.push(photo);
        }
        stage
    }

    pub async fn add_gallery(&self, by: &RequestContext, title: &str) -> GalleryId {
        let id = GalleryId::new();
        self.change(
            sql("INSERT INTO galleries (id, photographer_id, title, client_name, note, status, shows_prices, has_watermark, has_free_downloads, version, created_at, published_at)
                 VALUES ($1, $2, $3, '', '', 'published', TRUE, FALSE, FALSE, 1, $4, $4)")
            .bind(id)
            .bind(by.actor.user())
            .bind(title)
            .bind(NOON),
        )
        .await;
        id
    }

    pub async fn add_photo(&self, gallery: GalleryId, n: usize) -> PhotoId {
        let (id, bytes) = (PhotoId::new(), original(n));
        let hash = blake3::hash(&bytes).as_bytes().to_vec();
        let mut incoming = self.world.services.storage.receive(1 << 20).await.unwrap();
        incoming.write(&bytes).await.unwrap();
        self.world.services.storage.keep(incoming.finish().await.unwrap(), &Key::original(&hash)).await.unwrap();
        for name in ["thumb", "web-1024", "web-2048"] {
            self.put(id, name, format!("{name} of {n}")).await;
        }
        self.change(
            sql("INSERT INTO blobs (hash, size, crc32, created_at) VALUES ($1, $2, 0, 0) ON CONFLICT DO NOTHING")
                .bind(hash.clone())
                .bind(bytes.len() as i64),
        )
        .await;
        self.change(
            sql("INSERT INTO photos (id, gallery_id, photographer_id, uploader_id, blob_hash, filename, format, size, width, height, title, facts, status, marked_rev, position, created_at)
                 VALUES ($1, $2, $3, $3, $4, $5, 'image/jpeg', $6, 6000, 4000, '', '{}', 'ready', 1, $7, $8)")
            .bind(id)
            .bind(gallery)
            .bind(self.photographer.actor.user())
            .bind(hash)
            .bind(format!("DSC_{n}.jpg"))
            .bind(bytes.len() as i64)
            .bind((n as i64 + 1) * 10)
            .bind(NOON),
        )
        .await;
        id
    }

    pub async fn put(&self, photo: PhotoId, variant: &str, bytes: String) {
        self.world.services.storage.put(&Key::variant(photo, variant), bytes.into_bytes()).await.unwrap();
    }

    pub async fn change(&self, statement: photovault::platform::db::Sql) {
        let mut tx = self.world.services.db.begin().await.unwrap();
        statement.run(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
    }

    pub async fn set_gallery(&self, column: &str, value: bool) {
        self.change(photovault::platform::db::sql_built(format!("UPDATE galleries SET {column} = $1")).bind(value)).await;
    }

    /// Lets people in by the photographer's hand.
    pub async fn assign(&self, photos: &[PhotoId], people: &[UserId], emails: &str) -> Assigned {
        let form = Assign { gallery: self.gallery, photos: photos.to_vec(), people: people.to_vec(), emails: emails.into() };
        service::assign(&self.photographer, form).await.unwrap()
    }

    /// A client who was let in by the address that is proven to be theirs.
    pub async fn client(&self, email: &str) -> RequestContext {
        let client = self.world.person(Role::Client, email).await;
        self.assign(&[], &[], email).await;
        client
    }

    /// As a paid order does.
    pub async fn sell(&self, to: &RequestContext, photo: PhotoId, size: &str) {
        let (order, line) = (photovault::shared::OrderId::new(), photovault::shared::OrderLineId::new());
        self.change(
            sql("INSERT INTO orders (id, number, buyer_id, buyer_name, buyer_email, currency, total, status, provider, placed_at) VALUES ($1, $2, $3, '', '', 'EUR', 0, 'paid', 'offline', 0)")
                .bind(order)
                .bind(order.to_string())
                .bind(to.actor.user()),
        )
        .await;
        self.change(
            sql("INSERT INTO order_lines (id, order_id, photo_id, photographer_id, gallery_title, filename, size, licence, amount, position) VALUES ($1, $2, $3, $4, '', '', $5, '', 0, 0)")
                .bind(line)
                .bind(order)
                .bind(photo)
                .bind(self.photographer.actor.user())
                .bind(size),
        )
        .await;
        let mut tx = self.world.services.db.begin().await.unwrap();
        let size = size.parse().unwrap();
        assert!(photovault::features::sharing::server::entitle(&mut tx, NOON, to.actor.user().unwrap(), photo, size, line).await.unwrap());
        assert!(!photovault::features::sharing::server::entitle(&mut tx, NOON, to.actor.user().unwrap(), photo, size, line).await.unwrap());
        tx.commit().await.unwrap();
    }
}
