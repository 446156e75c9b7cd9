use crate::support::{
    World,
    shop::{Shop, count, letters_that_say, order_offline},
    stripe::{Bank, Card, Fault, hear, order_by_card, work, worlds_with_cards},
    worlds,
};
use futures::{StreamExt, TryStreamExt, future::join_all};
use photovault::{
    features::{
        cart::server::service as cart,
        catalogue::Size,
        orders::{
            CopyState, PaperKind, RefundStatus,
            server::service::{self, MarkPaid, RefundForm},
        },
    },
    platform::{RequestContext, clock::MINUTE, db::sql},
    shared::{AppError, OrderLineId, PaymentId},
};

/// An order of three photographs at 25.00, paid by card.
async fn paid(world: &World, bank: &Bank) -> (Shop, RequestContext, String, String) {
    bank.reset();
    let shop = Shop::open(world, 3).await;
    let ada = shop.client_with(world, "ada@example.com", &shop.photos).await;
    let (number, intent) = order_by_card(&ada).await;
    bank.pay(&intent, Card::Good);
    hear(&ada, bank).await;
    (shop, ada, number, intent)
}

async fn lines(owner: &RequestContext, number: &str) -> Vec<OrderLineId> {
    service::studio_order(owner, number).await.unwrap().lines.iter().map(|line| line.id).collect()
}

async fn copies(ada: &RequestContext, number: &str) -> Vec<CopyState> {
    service::order_page(ada, number).await.unwrap().lines.iter().map(|line| line.copy).collect()
}

fn amount(typed: &str) -> RefundForm {
    RefundForm { amount: typed.into(), ..Default::default() }
}

#[tokio::test]
async fn a_returned_photograph_is_gone_and_the_others_stay() {
    for (world, bank) in worlds_with_cards().await {
        let (shop, ada, number, _) = paid(&world, &bank).await;
        let all = lines(&shop.owner, &number).await;
        let form = RefundForm { lines: vec![all[1]], reason: "Blurred".into(), seen: Some(0), ..Default::default() };
        assert_eq!(service::refund_order(&shop.owner, &number, form.clone()).await.unwrap(), RefundStatus::Succeeded);
        assert_eq!(copies(&ada, &number).await, [CopyState::Yours, CopyState::Returned, CopyState::Yours], "{}", world.engine);
        assert_eq!(bank.refunded(), 2500);
        // the same form once more is a mistake, and what comes by webhook is known already
        assert!(matches!(service::refund_order(&shop.owner, &number, form).await, Err(AppError::Conflict(_))));
        hear(&ada, &bank).await;
        assert_eq!((bank.refunded(), count(&ada, "SELECT COUNT(*) FROM refunds").await), (2500, 1));
        let page = service::order_page(&ada, &number).await.unwrap();
        assert_eq!(
            (page.refunds[0].amount.amount, page.papers[1].kind, page.papers[1].number.as_str()),
            (2500, PaperKind::CreditNote, "CN-2026-000001")
        );
        assert_eq!(count(&ada, "SELECT COUNT(*) FROM mails WHERE once_key LIKE 'refunded-%'").await, 1);
        assert_eq!((letters_that_say(&ada, "Blurred").await, letters_that_say(&ada, "CN-2026-000001").await), (1, 1));
        // and it can be bought again
        cart::add_to_cart(&ada, shop.photos[1], Size::Original).await.unwrap();
    }
}

#[tokio::test]
async fn an_amount_leaves_the_downloads_and_never_exceeds_what_was_paid() {
    for (world, bank) in worlds_with_cards().await {
        let (shop, ada, number, _) = paid(&world, &bank).await;
        service::refund_order(&shop.owner, &number, amount("10.01")).await.unwrap();
        assert_eq!(copies(&ada, &number).await, [CopyState::Yours; 3]);
        assert!(
            matches!(service::refund_order(&shop.owner, &number, amount("65")).await, Err(AppError::Conflict(words)) if words.contains("€64.99"))
        );
        service::refund_order(&shop.owner, &number, amount("64,99")).await.unwrap();
        // nothing of the price is left: nothing of the downloads either
        assert_eq!(copies(&ada, &number).await, [CopyState::Returned; 3]);
        assert_eq!(bank.refunded(), 7500);
        assert_eq!(service::studio_order(&shop.owner, &number).await.unwrap().refundable, None);
        assert_eq!(count(&ada, "SELECT CAST(SUM(amount) AS BIGINT) FROM refund_lines").await, 7500, "{}", world.engine);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn twenty_full_refunds_at_once_are_one() {
    for (world, bank) in worlds_with_cards().await {
        let (shop, ada, number, _) = paid(&world, &bank).await;
        let all = lines(&shop.owner, &number).await;
        let asked = join_all((0..20).map(|n| {
            let (owner, number, all) = (shop.owner.clone(), number.clone(), all.clone());
            let form = if n % 2 == 0 { RefundForm { lines: all, ..Default::default() } } else { amount("75") };
            tokio::spawn(async move { service::refund_order(&owner, &number, form).await })
        }))
        .await;
        let done = asked.into_iter().filter(|done| done.as_ref().unwrap().is_ok()).count();
        assert_eq!((done, bank.refunded(), bank.books(|books| books.refunds.len())), (1, 7500, 1), "{}", world.engine);
        work(&ada).await;
        assert_eq!(count(&ada, "SELECT COUNT(*) FROM invoices WHERE kind = 'credit_note'").await, 1);
    }
}

#[tokio::test]
async fn a_refund_whose_answer_is_lost_is_made_once() {
    for (world, bank) in worlds_with_cards().await {
        let (shop, ada, number, _) = paid(&world, &bank).await;
        bank.books(|books| books.faults = vec![("POST /v1/refunds", Fault::LostAnswer); 12]);
        assert_eq!(service::refund_order(&shop.owner, &number, amount("5")).await.unwrap(), RefundStatus::Asked);
        bank.books(|books| books.faults.clear());
        assert_eq!(service::order_page(&ada, &number).await.unwrap().refunds[0].status, RefundStatus::Asked);
        world.later(2 * MINUTE);
        work(&ada).await;
        service::check_open_refunds(&world.system()).await.unwrap();
        assert_eq!(service::order_page(&ada, &number).await.unwrap().refunds[0].status, RefundStatus::Succeeded);
        assert_eq!((bank.refunded(), bank.books(|books| books.refunds.len())), (500, 1));
    }
}

#[tokio::test]
async fn what_is_refunded_in_the_dashboard_appears_by_itself() {
    for (world, bank) in worlds_with_cards().await {
        let (shop, ada, number, intent) = paid(&world, &bank).await;
        bank.refund_in_dashboard(&intent, 1000);
        hear(&ada, &bank).await;
        assert_eq!(copies(&ada, &number).await, [CopyState::Yours; 3]);
        assert_eq!(service::studio_order(&shop.owner, &number).await.unwrap().refundable.unwrap().rest.amount, 6500);
        bank.refund_in_dashboard(&intent, 6500);
        for _ in 0..2 {
            bank.books(|books| {
                books.tell("charge.refunded", serde_json::json!({"id": "ch_1", "object": "charge", "payment_intent": intent}))
            });
            hear(&ada, &bank).await;
        }
        assert_eq!(copies(&ada, &number).await, [CopyState::Returned; 3], "{}", world.engine);
        assert_eq!(count(&ada, "SELECT COUNT(*) FROM refunds WHERE origin = 'dashboard'").await, 2);
        assert_eq!(count(&ada, "SELECT COUNT(*) FROM invoices WHERE kind = 'credit_note'").await, 2);
    }
}

#[tokio::test]
async fn a_refund_that_fails_later_frees_its_amount_and_takes_nothing_away() {
    for (world, bank) in worlds_with_cards().await {
        let (shop, ada, number, _) = paid(&world, &bank).await;
        bank.books(|books| books.refund_status = Some("pending"));
        let all = lines(&shop.owner, &number).await;
        let status = service::refund_order(&shop.owner, &number, RefundForm { lines: all.clone(), ..Default::default() }).await.unwrap();
        assert_eq!((status, copies(&ada, &number).await), (RefundStatus::Pending, vec![CopyState::Yours; 3]));
        bank.books(|books| {
            books.refunds[0]["status"] = "failed".into();
            books.tell("refund.failed", books.refunds[0].clone());
        });
        hear(&ada, &bank).await;
        let page = service::studio_order(&shop.owner, &number).await.unwrap();
        assert_eq!((page.refunds[0].status, page.refundable.unwrap().rest.amount), (RefundStatus::Failed, 7500));
        assert_eq!(count(&ada, "SELECT COUNT(*) FROM mails WHERE once_key LIKE 'refund-failed-%'").await, 1);
        assert_eq!(count(&ada, "SELECT COUNT(*) FROM invoices WHERE kind = 'credit_note'").await, 0);
        bank.books(|books| books.refund_status = None);
        service::refund_order(&shop.owner, &number, RefundForm { lines: all, ..Default::default() }).await.unwrap();
        assert_eq!(copies(&ada, &number).await, [CopyState::Returned; 3]);
    }
}

#[tokio::test]
async fn a_refund_that_was_through_and_comes_back_gives_the_downloads_back_and_corrects_its_paper() {
    for (world, bank) in worlds_with_cards().await {
        let (shop, ada, number, _) = paid(&world, &bank).await;
        let all = lines(&shop.owner, &number).await;
        let form = |line| RefundForm { lines: vec![line], ..Default::default() };
        service::refund_order(&shop.owner, &number, form(all[0])).await.unwrap();
        service::refund_order(&shop.owner, &number, form(all[1])).await.unwrap();
        hear(&ada, &bank).await;
        assert_eq!(copies(&ada, &number).await, [CopyState::Returned, CopyState::Returned, CopyState::Yours]);
        for _ in 0..2 {
            bank.refund_comes_back(1);
            hear(&ada, &bank).await;
        }
        assert_eq!(copies(&ada, &number).await, [CopyState::Returned, CopyState::Yours, CopyState::Yours], "{}", world.engine);
        let page = service::studio_order(&shop.owner, &number).await.unwrap();
        assert_eq!((page.refunds[1].status, page.refundable.unwrap().rest.amount), (RefundStatus::Failed, 5000));
        let papers: Vec<_> = page.papers.iter().map(|paper| (paper.kind, paper.number.clone())).collect();
        assert_eq!(papers.iter().filter(|(kind, _)| *kind == PaperKind::Correction).count(), 1, "{papers:?}");
        assert!(papers.contains(&(PaperKind::Correction, "COR-2026-000001".into())));
        let (paper,): (String,) = sql("SELECT paper FROM invoices WHERE kind = 'correction'").one(&ada.db).await.unwrap();
        assert!(paper.contains("CN-2026-000002") && paper.contains("DSC_0001.jpg"), "{paper}");
        assert!(photovault::features::orders::server::draw_paper(&paper).unwrap().starts_with(b"%PDF-"));
        assert_eq!(
            count(&ada, "SELECT COUNT(*) FROM mails WHERE once_key LIKE 'refund-undone-%' AND recipient = 'ada@example.com'").await,
            1
        );
        assert_eq!(count(&ada, "SELECT COUNT(*) FROM mails WHERE once_key LIKE 'refund-failed-%'").await, 1);
        // the amount is free again, and so is the copy: it goes back another time
        service::refund_order(&shop.owner, &number, form(all[1])).await.unwrap();
        assert_eq!(copies(&ada, &number).await, [CopyState::Returned, CopyState::Returned, CopyState::Yours]);
    }
}

#[tokio::test]
async fn what_was_bought_again_after_a_refund_is_not_there_twice_when_the_refund_comes_back() {
    for (world, bank) in worlds_with_cards().await {
        let (shop, ada, number, _) = paid(&world, &bank).await;
        let all = lines(&shop.owner, &number).await;
        service::refund_order(&shop.owner, &number, RefundForm { lines: vec![all[1]], ..Default::default() }).await.unwrap();
        cart::add_to_cart(&ada, shop.photos[1], Size::Original).await.unwrap();
        let (_, second) = order_by_card(&ada).await;
        bank.pay(&second, Card::Good);
        bank.refund_comes_back(0);
        hear(&ada, &bank).await;
        assert_eq!(count(&ada, "SELECT COUNT(*) FROM entitlements WHERE revoked_at IS NULL").await, 3, "{}", world.engine);
        assert_eq!(count(&ada, "SELECT COUNT(*) FROM payment_events WHERE handled_at IS NULL").await, 0);
    }
}

#[tokio::test]
async fn a_refund_that_is_told_before_its_payment_takes_the_downloads_all_the_same() {
    for (world, bank) in worlds_with_cards().await {
        bank.reset();
        let shop = Shop::open(&world, 1).await;
        let ada = shop.client_with(&world, "ada@example.com", &shop.photos).await;
        let (number, intent) = order_by_card(&ada).await;
        bank.pay(&intent, Card::Good);
        bank.take_events();
        bank.refund_in_dashboard(&intent, 2500);
        hear(&ada, &bank).await;
        assert_eq!(copies(&ada, &number).await, [CopyState::Returned], "{}", world.engine);
        assert_eq!(count(&ada, "SELECT COUNT(*) FROM invoices WHERE kind = 'credit_note'").await, 1);
    }
}

#[tokio::test]
async fn money_that_came_by_bank_goes_back_on_paper_and_only_the_studio_gives_it() {
    for world in worlds().await {
        let shop = Shop::open(&world, 2).await;
        let ada = shop.client_with(&world, "ada@example.com", &shop.photos).await;
        let number = order_offline(&ada).await;
        assert!(
            matches!(service::refund_order(&shop.owner, &number, amount("1")).await, Err(AppError::Conflict(words)) if words.contains("Nothing was paid"))
        );
        service::mark_paid(&shop.owner, &number, MarkPaid { paid_on: "2026-06-14".into(), reference: "cash".into() }).await.unwrap();
        assert_eq!(service::refund_order(&ada, &number, amount("1")).await, Err(AppError::NotFound));
        let all = lines(&shop.owner, &number).await;
        service::refund_order(&shop.photographer, &number, RefundForm { lines: vec![all[0]], ..Default::default() }).await.unwrap();
        assert_eq!(copies(&ada, &number).await, [CopyState::Returned, CopyState::Yours], "{}", world.engine);
        // both sides find it in their history; a formula in a name stays a name
        crate::support::shop::change(&ada, "UPDATE orders SET buyer_name = '=1+1'").await;
        let mine = service::my_payments(&ada, None).await.unwrap().items;
        assert_eq!(mine.iter().map(|row| row.amount.amount).collect::<Vec<_>>().iter().sum::<i64>(), 2500);
        let studio: String = service::studio_payments_csv(&shop.photographer).await.unwrap().try_collect().await.unwrap();
        assert!(studio.contains("-25.00") && studio.contains(",'=1+1,"), "{studio}");
        assert_eq!(service::studio_payments(&ada, None).await.err(), Some(AppError::NotFound));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn numbers_of_invoices_have_no_gaps() {
    for (world, bank) in worlds_with_cards().await {
        bank.reset();
        let shop = Shop::open(&world, 12).await;
        let mut orders = vec![];
        for (n, photo) in shop.photos.iter().enumerate() {
            let client = shop.client_with(&world, &format!("client{n}@example.com"), &[*photo]).await;
            let (number, intent) = order_by_card(&client).await;
            bank.pay(&intent, Card::Good);
            orders.push((client, number));
        }
        let settling = orders
            .into_iter()
            .map(|(client, number)| tokio::spawn(async move { service::confirm_card_payment(&client, &number).await.unwrap() }));
        join_all(settling).await;
        assert_eq!(count(&shop.owner, "SELECT COUNT(*) FROM invoices").await, 12);
        let (last,): (String,) = photovault::platform::db::sql("SELECT MAX(number) FROM invoices").one(&shop.owner.db).await.unwrap();
        assert_eq!(last, "INV-2026-000012", "{}", world.engine);
    }
}

#[tokio::test]
async fn a_refund_that_nobody_answers_is_told_once_asked_on_and_holds_up_no_other() {
    for (world, bank) in worlds_with_cards().await {
        let (shop, ada, number, _) = paid(&world, &bank).await;
        bank.books(|books| books.faults = vec![("POST /v1/refunds", Fault::ErrorBefore); 200]);
        service::refund_order(&shop.owner, &number, amount("5")).await.unwrap();
        for _ in 0..11 {
            work(&ada).await;
            world.later(5 * MINUTE);
        }
        let told = "SELECT COUNT(*) FROM mails WHERE once_key LIKE 'refund-waits-%' AND recipient = 'owner@example.com'";
        assert_eq!(count(&ada, told).await, 1, "{}", world.engine);
        assert_eq!(count(&ada, "SELECT COUNT(*) FROM jobs WHERE kind = 'send_refund' AND status = 'failed'").await, 1);
        // the sweep goes on: what is answered is answered, whatever stands before it
        bank.books(|books| books.faults = vec![("POST /v1/refunds", Fault::ErrorBefore); 3]);
        service::refund_order(&shop.owner, &number, amount("7")).await.unwrap();
        world.later(2 * MINUTE);
        service::check_open_refunds(&world.system()).await.unwrap();
        service::check_open_refunds(&world.system()).await.unwrap();
        assert_eq!((bank.refunded(), bank.books(|books| books.refunds.len())), (1200, 2), "{}", world.engine);
        assert_eq!(count(&ada, told).await, 1);
    }
}

#[tokio::test]
async fn the_table_of_payments_has_every_row() {
    for world in worlds().await {
        let shop = Shop::open(&world, 1).await;
        let ada = shop.client_with(&world, "ada@example.com", &shop.photos).await;
        let number = order_offline(&ada).await;
        service::mark_paid(&shop.owner, &number, MarkPaid { paid_on: "2026-06-14".into(), reference: "cash".into() }).await.unwrap();
        let mut tx = ada.db.begin().await.unwrap();
        for n in 0..2_600_i64 {
            sql("INSERT INTO payments (id, order_id, provider, amount, currency, status, created_at, settled_at)
                 SELECT $1, order_id, provider, amount, currency, status, created_at, $2 FROM payments WHERE provider_ref = 'cash'")
            .bind(PaymentId::new())
            // several at one instant, across the seams of the pieces
            .bind(n / 7)
            .run(&mut tx)
            .await
            .unwrap();
        }
        tx.commit().await.unwrap();
        for whose in
            [service::studio_payments_csv(&shop.owner).await.unwrap().boxed(), service::my_payments_csv(&ada).await.unwrap().boxed()]
        {
            let table: String = whose.try_collect().await.unwrap();
            assert_eq!(table.lines().count(), 2_602, "{}", world.engine);
            assert_eq!(table.matches("date,what").count(), 1);
        }
    }
}
