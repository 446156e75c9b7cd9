use super::{
    galleries::upload,
    people::People,
    pictures::{DemoGallery, demo_shots, develop_shot},
};
use crate::{
    boot::handlers,
    features::{
        galleries::{NewGallery, server::service as galleries},
        images::server::crowd as images,
        photos::server::crowd,
        sharing::{Assign, server::service as sharing},
    },
    platform::{Services, jobs, log},
    shared::AppError,
};
use std::sync::Arc;

/// How many photographs of a crowd have pictures of their own; the rest are rows, which is what lists are measured by.
const REAL: usize = 120;

/// One published gallery with this many photographs for the demo's client, who keeps as many images of their own: what
/// the benchmarks look at.
pub async fn hang(services: &Arc<Services>, people: &People, photos: usize) -> Result<(), AppError> {
    let jonas = &people.jonas;
    let gallery = galleries::create_gallery(
        jonas,
        NewGallery { title: "A large wedding".into(), event_date: "2026-06-13".into(), client_name: "Everybody".into() },
    )
    .await?;
    let mut shot = demo_shots(DemoGallery::Wedding).swap_remove(0);
    (shot.width, shot.height) = (1_800, 1_200);
    let bytes = tokio::task::spawn_blocking(move || develop_shot(&shot)).await.map_err(|e| log::internal("demo", &e))?;
    let mut last = None;
    for n in 0..photos.min(REAL) {
        // bytes behind the end of the picture make each file another one
        let other: Vec<u8> = bytes.iter().copied().chain(n.to_le_bytes()).collect();
        last = Some(upload(jonas, gallery, &format!("LM_{n:06}.jpg"), other).await?);
    }
    let all = handlers::handlers();
    tokio::try_join!(jobs::run_due(services, &all), jobs::run_due(services, &all))?;
    if let Some(model) = last {
        crowd::hang_copies(services, model, photos.saturating_sub(REAL)).await?;
    }
    galleries::publish_gallery(jonas, gallery).await?;
    let client = people.ada.actor.person()?.id;
    images::keep_rows(services, client, photos).await?;
    sharing::assign(&people.owner, Assign { gallery, photos: vec![], people: vec![client], emails: String::new() }).await?;
    Ok(())
}
