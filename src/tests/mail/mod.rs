//! Letters: carried once, in order, past every mood of a mail server.
mod carrying;
mod crowd;
mod refusals;

use crate::support::{World, postoffice::PostOffice, worlds_with};
use photovault::{
    platform::mail::{self, Letter, MailState, OutboxRow},
    shared::MailId,
};

async fn worlds(office: &PostOffice, more: &[(&str, &str)]) -> Vec<World> {
    let settings = office.settings();
    let mut all: Vec<(&str, &str)> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
    all.extend(more);
    worlds_with(&all).await
}

async fn post(world: &World, to: &str, n: usize) {
    let mut tx = world.services.db.begin().await.unwrap();
    let letter = Letter::new(to, format!("Letter {n}"), format!("{to} {n}"))
        .hello("Ada")
        .words("your photographs are ready.")
        .button("Open", "https://studio.example/galleries/1")
        .from("Studio Test");
    mail::post(&mut tx, &world.services, letter).await.unwrap();
    tx.commit().await.unwrap();
}

async fn carry(world: &World) -> usize {
    mail::carry_due(&world.services).await.unwrap()
}

async fn rows(world: &World) -> Vec<OutboxRow> {
    mail::outbox(&world.services.db, 10_000).await.unwrap()
}

async fn states(world: &World) -> Vec<MailState> {
    let mut all = rows(world).await;
    all.reverse();
    all.into_iter().map(|row| row.state).collect()
}

async fn only(world: &World) -> OutboxRow {
    rows(world).await.into_iter().next().unwrap()
}

async fn resend(world: &World, id: MailId) -> bool {
    let mut tx = world.services.db.begin().await.unwrap();
    let done = mail::resend(&mut tx, world.services.clock.now(), id).await.unwrap();
    tx.commit().await.unwrap();
    done
}
