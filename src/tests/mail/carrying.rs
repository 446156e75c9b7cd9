use super::*;
use crate::support::shop::{self, Shop};
use base64::{Engine, engine::general_purpose::STANDARD};
use photovault::{
    features::orders::{PaymentMethod, SandboxWish},
    platform::{clock::MINUTE, db::sql},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_arrives_as_text_and_html_under_an_id_of_its_own() {
    let office = PostOffice::open().await;
    for world in worlds(&office, &[]).await {
        let before = office.letters().len();
        post(&world, "ada@example.com", 1).await;
        assert_eq!(carry(&world).await, 1, "{}", world.engine);
        let arrived = office.letters()[before..].to_vec();
        assert_eq!(arrived.len(), 1);
        let letter = &arrived[0];
        assert_eq!((letter.to.as_str(), letter.header("Subject").as_str()), ("ada@example.com", "Letter 1"));
        assert_eq!(letter.header("Message-ID"), format!("<{}@photovault.test>", only(&world).await.id));
        assert!(letter.text.contains("text/plain") && letter.text.contains("text/html") && letter.text.contains("Studio Test"));
        assert_eq!(carry(&world).await, 0, "what was sent is not sent again");
        assert_eq!(only(&world).await.state, MailState::Sent);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_brings_its_invoice_along() {
    let office = PostOffice::open().await;
    for world in worlds(&office, &[]).await {
        let shop = Shop::open(&world, 1).await;
        let ada = shop.client_with(&world, "ada@example.com", &shop.photos).await;
        shop::order(&ada, PaymentMethod::Sandbox, SandboxWish::Success).await.unwrap();
        let before = office.letters().len();
        carry(&world).await;
        let letters = office.letters()[before..].to_vec();
        let receipt = letters.iter().find(|letter| letter.header("Subject").starts_with("Receipt")).unwrap();
        let (head, rest) = receipt.text.split_once("filename=\"INV-2026-000001.pdf\"").unwrap();
        assert!(head.contains("text/html") && receipt.text.contains("application/pdf"), "{}", receipt.text);
        let packed: String = rest.lines().skip(1).skip_while(|line| !line.is_empty()).take_while(|line| !line.starts_with("--")).collect();
        let pdf = STANDARD.decode(packed).unwrap();
        assert!(pdf.starts_with(b"%PDF-") && pdf.len() > 1_000, "{} {} bytes", world.engine, pdf.len());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_somebody_typed_becomes_a_header() {
    let office = PostOffice::open().await;
    for world in worlds(&office, &[]).await {
        let before = office.letters().len();
        let mut tx = world.services.db.begin().await.unwrap();
        let evil = "Hello\r\nBcc: evil@example.com\r\n\r\n<script>";
        mail::post(&mut tx, &world.services, Letter::new("ada@example.com", evil, "a").hello(evil).words(evil).from(evil)).await.unwrap();
        mail::post(&mut tx, &world.services, Letter::new("ada@example.com\r\nRCPT TO:<evil@example.com>", "x", "b")).await.unwrap();
        tx.commit().await.unwrap();
        carry(&world).await;
        let letters = office.letters();
        assert_eq!(letters.len() - before, 1, "the other one has no address");
        assert!(letters[before].header("Bcc").is_empty(), "{}", letters[before].text);
        assert_eq!(states(&world).await, [MailState::Sent, MailState::Bounced], "{}", world.engine);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn four_carriers_send_each_letter_once_and_keep_each_readers_order() {
    let office = PostOffice::open().await;
    for world in worlds(&office, &[("EMAIL_PER_MINUTE", "0")]).await {
        let before = office.letters().len();
        for n in 0..10 {
            for to in ["ada@example.com", "bob@example.com", "Ada@example.com"] {
                post(&world, to, n).await;
            }
        }
        let carriers: Vec<_> = (0..4)
            .map(|_| {
                let services = world.services.clone();
                tokio::spawn(async move {
                    // another carrier may hold a reader's first letter: look again until none waits
                    while mail::summary(&services.db).await.unwrap().waiting > 0 {
                        mail::carry_due(&services).await.unwrap();
                    }
                })
            })
            .collect();
        for carrier in carriers {
            carrier.await.unwrap();
        }
        let letters = office.letters()[before..].to_vec();
        assert_eq!(letters.len(), 30, "{}", world.engine);
        for reader in ["ada@example.com", "bob@example.com"] {
            let numbers: Vec<usize> = letters
                .iter()
                .filter(|letter| letter.to.eq_ignore_ascii_case(reader))
                .map(|letter| letter.header("Subject").trim_start_matches("Letter ").parse().unwrap())
                .collect();
            assert!(numbers.is_sorted(), "{reader}: {numbers:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_server_holds_up_neither_requests_nor_other_letters() {
    let office = PostOffice::open().await;
    for world in worlds(&office, &[]).await {
        let before = office.letters().len();
        post(&world, "slow@example.com", 1).await;
        let services = world.services.clone();
        let slow = tokio::spawn(async move { mail::carry_due(&services).await.unwrap() });
        office.slow_is_here().await;
        post(&world, "ada@example.com", 2).await;
        assert_eq!(carry(&world).await, 1, "{}", world.engine);
        assert_eq!(office.letters().len() - before, 1, "Ada has hers while the other is still on its way");
        office.let_slow_go();
        slow.await.unwrap();
        assert_eq!(office.letters().len() - before, 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crowd_of_letters_leaves_at_the_agreed_pace() {
    let office = PostOffice::open().await;
    for world in worlds(&office, &[("EMAIL_PER_MINUTE", "5")]).await {
        let before = office.letters().len();
        for n in 0..12 {
            post(&world, &format!("reader{n}@example.com"), n).await;
        }
        let mut sent = vec![];
        for _ in 0..4 {
            carry(&world).await;
            sent.push(office.letters().len() - before);
            world.later(MINUTE);
        }
        assert_eq!(sent, [5, 10, 12, 12], "{}", world.engine);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_alone_does_not_tell_what_a_letter_says() {
    let office = PostOffice::open().await;
    for world in worlds(&office, &[]).await {
        post(&world, "ada@example.com", 1).await;
        let (stored,): (String,) = sql("SELECT body FROM mails").one(&world.services.db).await.unwrap();
        assert!(stored.starts_with("sealed:") && !stored.contains("galleries"), "{stored}");
        assert!(only(&world).await.content(&world.services).unwrap().text().contains("https://studio.example/galleries/1"));
    }
}
