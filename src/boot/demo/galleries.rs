use super::{
    people::People,
    pictures::{DemoGallery, Shot, demo_shots, develop_shot},
};
use crate::{
    features::{
        galleries::{GallerySettings, NewGallery, server::service as galleries},
        photos::server::intake::{Intake, Outcome, take_in},
        sharing::{
            Assign,
            server::{home, service as sharing},
        },
    },
    platform::RequestContext,
    shared::{AppError, GalleryId, PhotoId, UserId},
};
use std::collections::BTreeMap;
use tokio::task::JoinSet;

/// What hangs where, in the photographer's order.
pub struct Hung(BTreeMap<u8, (GalleryId, Vec<PhotoId>)>);

impl Hung {
    pub fn gallery(&self, which: DemoGallery) -> GalleryId {
        self.0[&(which as u8)].0
    }

    pub fn photos(&self, which: DemoGallery) -> &[PhotoId] {
        &self.0[&(which as u8)].1
    }
}

fn photographer(people: &People, which: DemoGallery) -> &RequestContext {
    match which {
        DemoGallery::Wedding | DemoGallery::Highlands | DemoGallery::Coast => &people.jonas,
        DemoGallery::Portraits | DemoGallery::Lisbon => &people.priya,
        DemoGallery::StillLifes => &people.owner,
    }
}

/// Paints, uploads and leaves the preparation to the queue.
pub async fn hang(people: &People) -> Result<Hung, AppError> {
    let mut hung = BTreeMap::new();
    for which in DemoGallery::ALL {
        let cx = photographer(people, which);
        let id = galleries::create_gallery(
            cx,
            NewGallery { title: which.title().into(), event_date: day(which).into(), client_name: client(which).into() },
        )
        .await?;
        let mut photos = vec![];
        for (n, bytes) in paint_all(demo_shots(which)).await?.into_iter().enumerate() {
            photos.push(upload(cx, id, &format!("LM_{}{:04}.jpg", &day(which)[2..4], 1200 + 7 * n), bytes).await?);
        }
        hung.insert(which as u8, (id, photos));
    }
    Ok(Hung(hung))
}

/// Each on its own thread, in the order of the shoot.
async fn paint_all(shots: Vec<Shot>) -> Result<Vec<Vec<u8>>, AppError> {
    let mut easel = JoinSet::new();
    for (n, shot) in shots.into_iter().enumerate() {
        easel.spawn_blocking(move || (n, develop_shot(&shot)));
    }
    let mut painted = BTreeMap::new();
    while let Some(done) = easel.join_next().await {
        let (n, bytes) = done.map_err(|e| crate::platform::log::internal("demo", &e))?;
        painted.insert(n, bytes);
    }
    Ok(painted.into_values().collect())
}

pub(super) async fn upload(cx: &RequestContext, gallery: GalleryId, filename: &str, bytes: Vec<u8>) -> Result<PhotoId, AppError> {
    let mut incoming = cx.storage.receive(cx.config.upload_limit).await?;
    incoming.write(&bytes).await?;
    let received = incoming.finish().await?;
    let photographer = cx.actor.person()?.id;
    match take_in(cx, Intake { gallery, photographer, filename: filename.into() }, received).await? {
        Outcome::Added(id) | Outcome::AlreadyThere(id) => Ok(id),
    }
}

/// Settings, publishing and access: six galleries in different states.
pub async fn open(people: &People, hung: &Hung) -> Result<(), AppError> {
    let user = |cx: &RequestContext| cx.actor.person().map(|person| person.id);
    let (ada, tomas, clara) = (user(&people.ada)?, user(&people.tomas)?, user(&people.clara)?);
    for which in DemoGallery::ALL {
        let (cx, id) = (photographer(people, which), hung.gallery(which));
        let row = galleries::gallery(&cx.db, id).await?.ok_or(AppError::NotFound)?;
        let settings = GallerySettings {
            title: which.title().into(),
            event_date: day(which).into(),
            client_name: client(which).into(),
            note: note(which).into(),
            shows_prices: which != DemoGallery::Coast,
            has_watermark: matches!(which, DemoGallery::Portraits | DemoGallery::StillLifes),
            has_free_downloads: which == DemoGallery::Coast,
        };
        galleries::change_gallery(cx, id, row.version, settings).await?;
        // Lisbon is still a draft: its photographer is choosing
        if which != DemoGallery::Lisbon {
            galleries::publish_gallery(cx, id).await?;
        }
    }
    let whole =
        |which, people: Vec<UserId>, emails: &str| Assign { gallery: hung.gallery(which), photos: vec![], people, emails: emails.into() };
    let mut portraits = whole(DemoGallery::Portraits, vec![ada], "");
    portraits.photos = hung.photos(DemoGallery::Portraits).iter().take(4).copied().collect();
    let assignments = [
        whole(DemoGallery::Wedding, vec![ada, tomas], ""),
        whole(DemoGallery::Coast, vec![ada], ""),
        whole(DemoGallery::Highlands, vec![ada, clara], ""),
        whole(DemoGallery::StillLifes, vec![clara], "kitchen@photovault.test"),
        whole(DemoGallery::Portraits, vec![tomas], ""),
        portraits,
    ];
    for assignment in assignments {
        // by the owner, who knows every client of the studio
        sharing::assign(&people.owner, assignment).await?;
    }
    let shown = [
        (DemoGallery::Wedding, 0),
        (DemoGallery::Highlands, 0),
        (DemoGallery::Coast, 0),
        (DemoGallery::Wedding, 4),
        (DemoGallery::Lisbon, 0),
        (DemoGallery::Highlands, 2),
    ];
    for (which, n) in shown {
        if let Some(photo) = hung.photos(which).get(n) {
            home::show_on_home_page(&people.owner, hung.gallery(which), &[*photo], true).await?;
        }
    }
    Ok(())
}

fn day(which: DemoGallery) -> &'static str {
    match which {
        DemoGallery::Wedding => "2026-06-13",
        DemoGallery::Highlands => "2025-10-18",
        DemoGallery::Portraits => "2026-03-05",
        DemoGallery::StillLifes => "2026-01-24",
        DemoGallery::Lisbon => "2026-04-19",
        DemoGallery::Coast => "2025-11-08",
    }
}

fn client(which: DemoGallery) -> &'static str {
    match which {
        DemoGallery::Wedding => "Ada and Ben",
        DemoGallery::Portraits => "Reis & Winter",
        DemoGallery::StillLifes => "Yun Kitchen",
        _ => "",
    }
}

fn note(which: DemoGallery) -> &'static str {
    match which {
        DemoGallery::Wedding => "What a day. Take your time with these; the lake at six in the morning was worth the alarm clock.",
        DemoGallery::Coast => "These are yours to keep: download whatever you like.",
        _ => "",
    }
}
