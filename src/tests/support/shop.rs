//! A gallery with photographs for sale, and people who may buy them.
use super::World;
use photovault::{
    features::{
        cart::server::service as cart,
        catalogue::{Size, StudioPricesForm, server::service as catalogue},
        orders::{CheckoutForm, PaymentMethod, SandboxWish, server::service as orders},
    },
    platform::{RequestContext, db::sql, mail::outbox},
    shared::{AppError, GalleryId, GrantId, PhotoId, Role, UserId},
};

pub struct Shop {
    pub owner: RequestContext,
    pub photographer: RequestContext,
    pub gallery: GalleryId,
    pub photos: Vec<PhotoId>,
}

impl Shop {
    /// A published gallery with this many photographs; web size 10.00, original 25.00.
    pub async fn open(world: &World, photos: usize) -> Self {
        let owner = world.person(Role::Owner, "owner@example.com").await;
        let photographer = world.person(Role::Photographer, "photographer@example.com").await;
        set_prices(&owner, "10", "25").await;
        let (gallery, photos) = gallery(&photographer, photos).await;
        Self { owner, photographer, gallery, photos }
    }

    /// One of several in one world.
    pub async fn of_its_own(world: &World, name: &str, photos: usize) -> Self {
        let name = name.replace(' ', "-");
        let owner = world.person(Role::Owner, &format!("owner-{name}@example.com")).await;
        let photographer = world.person(Role::Photographer, &format!("photographer-{name}@example.com")).await;
        set_prices(&owner, "10", "25").await;
        let (gallery, photos) = gallery(&photographer, photos).await;
        Self { owner, photographer, gallery, photos }
    }

    /// A client who may enter the gallery.
    pub async fn client(&self, world: &World, email: &str) -> RequestContext {
        let client = world.person(Role::Client, email).await;
        grant(&client, self.gallery, &self.photographer).await;
        client
    }

    pub async fn client_with(&self, world: &World, email: &str, photos: &[PhotoId]) -> RequestContext {
        let client = self.client(world, email).await;
        for photo in photos {
            cart::add_to_cart(&client, *photo, Size::Original).await.unwrap();
        }
        client
    }
}

pub fn id(cx: &RequestContext) -> UserId {
    cx.actor.user().unwrap()
}

pub async fn set_prices(owner: &RequestContext, web: &str, original: &str) {
    let form = StudioPricesForm { web_amount: web.into(), original_amount: original.into(), ..Default::default() };
    catalogue::set_studio_prices(owner, form).await.unwrap();
}

/// A published gallery of this photographer.
pub async fn gallery(photographer: &RequestContext, photos: usize) -> (GalleryId, Vec<PhotoId>) {
    let (gallery, me, now) = (GalleryId::new(), id(photographer), photographer.now());
    let mut tx = photographer.db.begin().await.unwrap();
    sql("INSERT INTO galleries (id, photographer_id, title, client_name, note, status, shows_prices, has_watermark, has_free_downloads, version, created_at, published_at)
         VALUES ($1, $2, 'Ada and Ben', '', '', 'published', TRUE, TRUE, FALSE, 1, $3, $3)")
        .bind(gallery)
        .bind(me)
        .bind(now)
        .run(&mut tx)
        .await
        .unwrap();
    let mut all = vec![];
    for n in 0..photos {
        let (photo, hash) = (PhotoId::new(), uuid::Uuid::now_v7().as_bytes().to_vec());
        sql("INSERT INTO blobs (hash, size, crc32, created_at) VALUES ($1, 1000, 0, $2)")
            .bind(hash.clone())
            .bind(now)
            .run(&mut tx)
            .await
            .unwrap();
        sql("INSERT INTO photos (id, gallery_id, photographer_id, uploader_id, blob_hash, filename, format, size, width, height, title, facts, status, marked_rev, position, created_at)
             VALUES ($1, $2, $3, $3, $4, $5, 'jpeg', 1000, 6000, 4000, '', '{}', 'ready', 1, $6, $7)")
            .bind(photo)
            .bind(gallery)
            .bind(me)
            .bind(hash)
            .bind(format!("DSC_{n:04}.jpg"))
            .bind(n as i64)
            .bind(now)
            .run(&mut tx)
            .await
            .unwrap();
        all.push(photo);
    }
    tx.commit().await.unwrap();
    (gallery, all)
}

pub async fn grant(client: &RequestContext, gallery: GalleryId, by: &RequestContext) {
    let mut tx = client.db.begin().await.unwrap();
    sql("INSERT INTO grants (id, batch_id, gallery_id, user_id, created_by, created_at) VALUES ($1, $1, $2, $3, $4, $5)")
        .bind(GrantId::new())
        .bind(gallery)
        .bind(id(client))
        .bind(id(by))
        .bind(client.now())
        .run(&mut tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

/// Runs a statement without values.
pub async fn change(cx: &RequestContext, text: &'static str) {
    let mut tx = cx.db.begin().await.unwrap();
    sql(text).run(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
}

pub async fn count(cx: &RequestContext, text: &'static str) -> i64 {
    sql(text).one::<(i64,)>(&cx.db).await.unwrap().0
}

/// Orders what the checkout page shows now.
pub async fn order(client: &RequestContext, payment: PaymentMethod, wish: SandboxWish) -> Result<String, AppError> {
    let seen = orders::checkout(client).await?;
    orders::place_order(client, CheckoutForm { expected_total: seen.total.amount, seal: seen.seal, payment, wish }).await
}

pub async fn order_offline(client: &RequestContext) -> String {
    order(client, PaymentMethod::Offline, SandboxWish::Success).await.unwrap()
}

pub async fn letters_that_say(cx: &RequestContext, words: &str) -> usize {
    outbox(&cx.db, 100).await.unwrap().iter().filter(|letter| letter.content(cx).unwrap().text().contains(words)).count()
}
