//! The program killed at any moment, again and again: what it acknowledged is there afterwards.
mod ledger;
mod order_of_writes;
mod payments;
mod takeover;
mod uploads;

use crate::support::{
    World,
    browser::Browser,
    figure,
    program::Program,
    rounds,
    shop::Shop,
    stripe::{Bank, CARDS},
    worlds_in_real_time,
};
use ledger::Ledger;
use payments::{Buyer, Way};
use photovault::{
    boot::handlers::handlers,
    features::orders::server::service as orders,
    platform::{RequestContext, db::sql, jobs::run_due},
};
use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

/// A seal that both this process and the program know.
const KEY: (&str, &str) = ("SECRET_KEY", "0123456789abcdefghijklmnopqrstuvwxyz");

async fn worlds_for_programs(bank: &Bank) -> Vec<World> {
    let address = bank.open().await;
    worlds_in_real_time(&[&CARDS[..], &[("STRIPE_API_BASE", address.as_str()), KEY]].concat()).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nothing_that_was_acknowledged_is_lost_when_the_program_is_killed_while_it_uploads_and_is_paid() {
    let kills = rounds("KILLS", 4);
    let bank = Bank::default();
    for world in worlds_for_programs(&bank).await {
        bank.reset();
        let engine = world.engine;
        let shop = Shop::open(&world, 40).await;
        let nowhere = SocketAddr::from(([127, 0, 0, 1], 1));
        let photographer = Browser::of(&shop.photographer, nowhere).await;
        let mut buyers = vec![];
        for n in 0..kills {
            for way in Way::ALL {
                let client = shop.client(&world, &format!("{way:?}{n}@example.com").to_lowercase()).await;
                buyers.push(Buyer { browser: Browser::of(&client, nowhere).await, way: *way });
            }
        }
        let mut program = Program::alone_in(world).await;
        let ledger = Ledger::default();
        let mut slowest = Duration::ZERO;
        for (round, buyers) in (0..).zip(buyers.chunks(Way::ALL.len())) {
            slowest = slowest.max(program.start().await);
            let photographer = photographer.at(program.address);
            let mut running = vec![tokio::spawn(payments::messages(photographer.clone(), bank.clone()))];
            for lane in 0..2 {
                running.push(tokio::spawn(uploads::lane(photographer.clone(), shop.gallery, round * 1_000 + lane * 500, ledger.clone())));
            }
            for buyer in buyers {
                let buyer = Buyer { browser: buyer.browser.at(program.address), ..buyer.clone() };
                running.push(tokio::spawn(payments::lane(buyer, photographer.clone(), shop.photos.clone(), bank.clone(), ledger.clone())));
            }
            // another moment each time, so that every step of everything is hit; every other time something is done first
            let before = ledger.sizes();
            let since = Instant::now();
            while round % 2 == 1 && ledger.sizes() == before && since.elapsed() < Duration::from_secs(5) {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            tokio::time::sleep(Duration::from_millis(300 + round * 377 % 1_100)).await;
            program.kill();
            for lane in running {
                lane.await.unwrap();
            }
        }
        let services = program.look_inside().await;
        let cx = RequestContext::system(services.clone());
        run_due(&services, &handlers()).await.unwrap();
        orders::check_open_payments(&cx).await.unwrap();
        run_due(&services, &handlers()).await.unwrap();
        let (uploads, placed, paid) = ledger.sizes();
        // on a machine with other work little is done between two kills; something is
        assert!(uploads + placed > 0, "{uploads} uploads, {placed} orders, {paid} payments");
        assert!(kills < 20 || (uploads > 20 && paid > 20), "a figure wants more than {uploads} uploads and {paid} payments");
        uploads::all_there(&services, &ledger).await;
        payments::all_right(&services, &bank, &ledger).await;
        if engine == "sqlite" {
            let (check,): (String,) = sql("SELECT * FROM pragma_integrity_check").one(&services.db).await.unwrap();
            assert_eq!(check, "ok");
        }
        figure(
            format!("SIGKILL during uploads and payments, {engine}"),
            format!(
                "{kills} kills; {uploads} uploads, {placed} orders, {paid} payments acknowledged: 0 lost, 0 charged twice; slowest start {} ms",
                slowest.as_millis()
            ),
        );
        services.db.close().await;
    }
}
