//! What the tests of photographs and galleries begin with.
use crate::support::World;
use image::{Rgb, RgbImage, codecs::jpeg::JpegEncoder};
use photovault::{
    features::{
        galleries::{NewGallery, server::service::create_gallery},
        photos::server::{
            PhotoRow,
            intake::{Intake, Outcome, take_in},
            jobs,
            service::photo,
        },
    },
    platform::{
        RequestContext,
        jobs::{Handlers, run_due},
        storage::Received,
    },
    shared::{AppError, GalleryId, PhotoId, Role},
};

/// A JPEG whose colours and bytes differ for each seed.
pub fn jpeg(seed: u32, width: u32, height: u32) -> Vec<u8> {
    let picture =
        RgbImage::from_fn(width, height, |x, y| Rgb([(x * 255 / width) as u8, (y * 255 / height) as u8, (seed * 37 % 256) as u8]));
    let mut bytes = vec![];
    JpegEncoder::new_with_quality(&mut bytes, 85).encode_image(&picture).unwrap();
    // a comment before the end of the image: other bytes, the same picture
    let comment = format!("seed {seed}");
    let mut marked = bytes[..2].to_vec();
    marked.extend([0xFF, 0xFE, 0, comment.len() as u8 + 2]);
    marked.extend(comment.as_bytes());
    marked.extend(&bytes[2..]);
    marked
}

pub fn handlers() -> Handlers {
    jobs::handlers().into_iter().collect()
}

pub async fn run_jobs(world: &World) -> usize {
    run_due(&world.services, &handlers()).await.unwrap()
}

pub async fn photographer(world: &World) -> RequestContext {
    world.person(Role::Photographer, "ada@example.com").await
}

pub async fn gallery(cx: &RequestContext) -> GalleryId {
    create_gallery(cx, NewGallery { title: "Lena & Max".into(), ..NewGallery::default() }).await.unwrap()
}

pub async fn received(cx: &RequestContext, bytes: &[u8]) -> Received {
    let mut incoming = cx.storage.receive(cx.config.upload_limit).await.unwrap();
    for chunk in bytes.chunks(10_000) {
        incoming.write(chunk).await.unwrap();
    }
    incoming.finish().await.unwrap()
}

pub async fn upload(cx: &RequestContext, gallery: GalleryId, name: &str, bytes: &[u8]) -> Result<Outcome, AppError> {
    let intake = Intake { gallery, photographer: cx.actor.user().unwrap(), filename: name.into() };
    take_in(cx, intake, received(cx, bytes).await).await
}

/// Uploads a small photograph of its own.
pub async fn added(cx: &RequestContext, gallery: GalleryId, seed: u32) -> PhotoId {
    match upload(cx, gallery, &format!("IMG_{seed}.jpg"), &jpeg(seed, 60, 40)).await.unwrap() {
        Outcome::Added(id) => id,
        Outcome::AlreadyThere(_) => panic!("seed {seed} was there already"),
    }
}

pub async fn row(world: &World, id: PhotoId) -> PhotoRow {
    photo(&world.services.db, id).await.unwrap().unwrap()
}
