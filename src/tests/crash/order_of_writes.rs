//! What the system was asked to do, and in which order, as strace saw it: a file is safe before its row, and a row before
//! the answer that promises it.
use super::worlds_for_programs;
use crate::support::{
    browser::Browser,
    figure,
    program::{Program, photograph},
    rounds,
    shop::Shop,
    stripe::Bank,
};
use std::{collections::HashMap, net::SocketAddr};

/// One call to the system: what it said, and the lines at which it began and ended.
struct Call {
    text: String,
    begun: usize,
    ended: usize,
}

struct Trace(Vec<Call>);

impl Trace {
    fn read(text: &str) -> Self {
        let mut calls = vec![];
        let mut open = HashMap::<&str, (usize, String)>::new();
        for (at, line) in text.lines().enumerate() {
            let Some((thread, said)) = line.split_once(' ') else { continue };
            let said = said.trim_start();
            if let Some(start) = said.strip_suffix("<unfinished ...>") {
                open.insert(thread, (at, start.to_string()));
            } else if said.starts_with("<... ") {
                let Some((begun, start)) = open.remove(thread) else { continue };
                let rest = said.split_once("resumed>").map_or("", |(_, rest)| rest);
                calls.push(Call { text: format!("{start}{rest}"), begun, ended: at });
            } else {
                calls.push(Call { text: said.to_string(), begun: at, ended: at });
            }
        }
        Self(calls)
    }

    /// The first call that began after this line and says all of this.
    fn after(&self, line: usize, words: &[&str]) -> &Call {
        let fits = |call: &&Call| call.begun > line && words.iter().all(|word| call.text.contains(word));
        self.0.iter().filter(fits).min_by_key(|call| call.begun).unwrap_or_else(|| panic!("after line {line} nothing says {words:?}"))
    }

    fn syncs(&self, from: usize, to: usize, file: &str) -> usize {
        let is_sync = |call: &&Call| call.text.starts_with("fsync(") || call.text.starts_with("fdatasync(");
        self.0.iter().filter(is_sync).filter(|call| call.begun > from && call.ended < to && call.text.contains(file)).count()
    }
}

const ANSWER: &str = "HTTP/1.1 200 OK";

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_safe_before_its_row_and_a_row_before_its_answer() {
    if std::process::Command::new("strace").args(["-qq", "-o", "/dev/null", "true"]).status().is_ok_and(|status| status.success()) {
        in_this_order().await;
    } else {
        assert_eq!(rounds("KILLS", 0), 0, "the figures need strace: apt-get install strace");
        println!("strace cannot look here: `make chaos` does not go on without it");
    }
}

async fn in_this_order() {
    let bank = Bank::default();
    for world in worlds_for_programs(&bank).await {
        let engine = world.engine;
        let shop = Shop::open(&world, 1).await;
        let client = shop.client_with(&world, "ada@example.com", &shop.photos).await;
        let folder = tempfile::tempdir().unwrap();
        let trace = folder.path().join("trace");
        let nowhere = SocketAddr::from(([127, 0, 0, 1], 1));
        let (photographer, ada) = (Browser::of(&shop.photographer, nowhere).await, Browser::of(&client, nowhere).await);
        let mut program = Program::alone_in(world).await.traced(&trace);
        program.start().await;
        let (photographer, ada) = (photographer.at(program.address), ada.at(program.address));
        photographer.upload(shop.gallery, &photograph(1)).await;
        let seen = ada.call("checkout_page", "").await.json().unwrap();
        let form =
            format!("expected_total={}&seal={}&payment=sandbox&wish=success", seen["total"]["amount"], seen["seal"].as_str().unwrap());
        assert_eq!(ada.call("place_order", &form).await.status, 200);
        program.end();
        let trace = Trace::read(&std::fs::read_to_string(&trace).unwrap());

        let named = trace.after(0, &["rename", "/media/incoming/", "/media/originals/"]);
        let file = named.text.split('"').nth(1).unwrap();
        let target = named.text.split('"').nth(3).unwrap();
        let whole = trace.after(0, &["fsync(", file, "= 0"]);
        assert!(whole.ended < named.begun, "{engine}: the file is safe before it has its name");
        let parent = format!("{}>", target.rsplit_once('/').unwrap().0);
        let folder = trace.after(named.ended, &["fsync(", &parent, "= 0"]);
        let answer = trace.after(folder.ended, &[ANSWER]);
        if engine == "sqlite" {
            let row = trace.after(folder.ended, &["sync(", "photovault.db-wal", "= 0"]);
            assert!(row.ended < answer.begun, "the row is safe before the answer");
        } else {
            let row = trace.after(0, &["INSERT INTO photos"]);
            let done = trace.after(row.ended, &["COMMIT"]);
            assert!(folder.ended < row.begun && done.ended < answer.begun, "the row comes after the file, the answer after the row");
        }

        let asked = trace.after(answer.ended, &["POST /_fn/place_order"]);
        let paid = trace.after(asked.ended, &[ANSWER]);
        if engine == "sqlite" {
            // the order, the attempt, the charge, and the settling: each safe before the next step is taken
            let syncs = trace.syncs(asked.ended, paid.begun, "photovault.db-wal");
            assert!(syncs >= 4, "{syncs} syncs before the answer");
        } else {
            let settled = trace.after(asked.ended, &["INSERT INTO entitlements"]);
            let done = trace.after(settled.ended, &["COMMIT"]);
            assert!(done.ended < paid.begun, "the rights are committed before the answer");
        }
        figure(
            format!("order of writes, {engine}"),
            "file synced, named, its folder synced, row committed, answered; settled before answered",
        );
    }
}
