//! A program that dies in the middle of its work, beside another one on the same PostgreSQL.
use super::worlds_for_programs;
use crate::support::{browser::Browser, figure, program::Program, rounds, shop::Shop, stripe::Bank};
use image::{Rgb, RgbImage, codecs::jpeg::JpegEncoder};
use photovault::platform::{
    clock::{HOUR, SECOND},
    db::{Db, sql},
};
use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

/// Large enough that its preparation can be interrupted.
fn large() -> Vec<u8> {
    let picture = RgbImage::from_fn(3_000, 2_000, |x, y| Rgb([(x >> 4) as u8, (y >> 4) as u8, (x + y) as u8]));
    let mut bytes = vec![];
    JpegEncoder::new_with_quality(&mut bytes, 90).encode_image(&picture).unwrap();
    bytes
}

#[tokio::test(flavor = "multi_thread")]
async fn the_work_of_a_killed_program_is_taken_over() {
    let bank = Bank::default();
    let Some(world) = worlds_for_programs(&bank).await.into_iter().find(|world| world.engine == "postgres") else { return };
    let shop = Shop::open(&world, 0).await;
    let photographer = Browser::of(&shop.photographer, SocketAddr::from(([127, 0, 0, 1], 1))).await;
    let db = Db::open(&world.services.config.database_url).await.unwrap();
    let mut first = Program::alone_in(world).await;
    let mut second = first.beside();
    first.start().await;
    let photo = photographer.at(first.address).upload(shop.gallery, &large()).await;
    let since = Instant::now();
    loop {
        let running: Vec<(i64,)> =
            sql("SELECT attempts FROM jobs WHERE kind = 'prepare_photo' AND status = 'running'").all(&db).await.unwrap();
        if !running.is_empty() {
            break;
        }
        assert!(since.elapsed() < Duration::from_secs(20), "nobody began");
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    // so that it has not ended when the other one is there
    first.freeze();
    second.start().await;
    first.kill();
    let since = Instant::now();
    // among all tests half a minute is too long to wait: then the lease of the dead is cut short
    let waits = rounds("TAKEOVERS", 0) > 0;
    if !waits {
        let mut tx = db.begin().await.unwrap();
        let cut = sql("UPDATE jobs SET locked_until = locked_until - $1 WHERE status = 'running'").bind(HOUR).run(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(cut, 1, "the dead one had it in hand");
    }
    loop {
        let (status,): (String,) = sql("SELECT status FROM photos WHERE id = $1").bind(photo).one(&db).await.unwrap();
        if status == "ready" {
            break;
        }
        assert!(since.elapsed() < Duration::from_millis((30 + 30) * SECOND as u64), "taken over");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(photographer.at(second.address).visit(&format!("/media/{photo}/thumb")).await.status, 200);
    if waits {
        figure("a killed instance's job", format!("taken over and done after {:.1} s", since.elapsed().as_secs_f32()));
    }
    drop((first, second));
    db.close().await;
}
