//! What is committed is whole, with all that follows from it.
use crate::support::worlds;
use photovault::platform::{
    db::{Db, sql},
    live::{self, News, Topic},
};
use std::time::Duration;

#[tokio::test(flavor = "multi_thread")]
async fn a_commit_is_carried_out_and_told_when_whoever_asked_for_it_hangs_up() {
    for world in worlds().await {
        let Db::Sqlite { live, .. } = &world.services.db else { continue };
        let mut listener = live.subscribe();
        let topic = Topic::of("gallery", "one");
        let mut tx = world.services.db.begin().await.unwrap();
        sql("UPDATE studio SET tagline = 'kept'").run(&mut tx).await.unwrap();
        live::tell(&mut tx, topic.clone()).await.unwrap();
        // begun, and let go at the first moment at which it waits
        let begun = tokio::time::timeout(Duration::ZERO, tx.commit()).await;
        drop(begun);
        let heard = tokio::time::timeout(Duration::from_secs(5), listener.next()).await;
        assert_eq!(heard.expect("it is told"), Some(News::Changed(topic)));
        let (tagline,): (String,) = sql("SELECT tagline FROM studio").one(&world.services.db).await.unwrap();
        assert_eq!(tagline, "kept");
    }
}
