use crate::support::{
    shop::{Shop, change, count, id, letters_that_say, order, order_offline},
    worlds,
};
use photovault::{
    features::{
        cart::server::service as cart,
        orders::{
            OrderStatus, PaymentMethod, PaymentState, SandboxWish,
            server::service::{self, MarkPaid, Marked},
        },
    },
    platform::{RequestContext, clock::HOUR, db::sql},
    shared::AppError,
};

async fn status(cx: &RequestContext, number: &str) -> OrderStatus {
    service::order_page(cx, number).await.unwrap().status
}

fn cash(day: &str) -> MarkPaid {
    MarkPaid { paid_on: day.into(), reference: "cash".into() }
}

#[tokio::test]
async fn a_lost_answer_is_asked_again_and_charges_once() {
    for world in worlds().await {
        let shop = Shop::open(&world, 1).await;
        let ada = shop.client_with(&world, "ada@example.com", &shop.photos).await;
        let number = order(&ada, PaymentMethod::Sandbox, SandboxWish::AnswerLost).await.unwrap();
        assert_eq!(service::order_page(&ada, &number).await.unwrap().payment, PaymentState::Checking);
        // while the answer is out, nothing else may be done to the order
        assert!(matches!(service::cancel_order(&ada, &number).await, Err(AppError::Conflict(_))));
        assert!(matches!(service::mark_paid(&shop.owner, &number, cash("2026-06-14")).await, Err(AppError::Conflict(_))));
        // trying to pay again is the same question, not a second charge
        for _ in 0..3 {
            service::pay_order(&ada, &number, PaymentMethod::Sandbox, SandboxWish::Success).await.unwrap();
            service::check_payment(&ada, &number).await.unwrap();
        }
        assert_eq!(status(&ada, &number).await, OrderStatus::Paid);
        for table in ["SELECT COUNT(*) FROM sandbox_charges", "SELECT COUNT(*) FROM payments", "SELECT COUNT(*) FROM entitlements"] {
            assert_eq!(count(&ada, table).await, 1, "{table} {}", world.engine);
        }
        assert_eq!(count(&ada, "SELECT COUNT(*) FROM mails WHERE recipient = 'ada@example.com'").await, 2, "order placed and receipt");
    }
}

#[tokio::test]
async fn an_answer_that_nobody_asks_for_again_is_found_by_the_sweep() {
    for world in worlds().await {
        let shop = Shop::open(&world, 1).await;
        let ada = shop.client_with(&world, "ada@example.com", &shop.photos).await;
        let number = order(&ada, PaymentMethod::Sandbox, SandboxWish::AnswerLost).await.unwrap();
        assert_eq!(service::check_open_payments(&world.system()).await, Ok(0));
        world.later(HOUR);
        assert_eq!(service::check_open_payments(&world.system()).await, Ok(1));
        assert_eq!(status(&ada, &number).await, OrderStatus::Paid);
        assert_eq!(service::check_open_payments(&world.system()).await, Ok(0));
    }
}

#[tokio::test]
async fn a_declined_payment_keeps_the_order_and_the_next_try_is_a_new_attempt() {
    for world in worlds().await {
        let shop = Shop::open(&world, 1).await;
        let ada = shop.client_with(&world, "ada@example.com", &shop.photos).await;
        let number = order(&ada, PaymentMethod::Sandbox, SandboxWish::Decline).await.unwrap();
        let page = service::order_page(&ada, &number).await.unwrap();
        assert_eq!(
            (page.status, page.payment),
            (OrderStatus::AwaitingPayment, PaymentState::Declined { reason: "The card was declined.".into() })
        );
        assert_eq!(count(&ada, "SELECT COUNT(*) FROM entitlements").await, 0);
        service::check_payment(&ada, &number).await.unwrap();
        assert_eq!(status(&ada, &number).await, OrderStatus::AwaitingPayment);
        service::pay_order(&ada, &number, PaymentMethod::Sandbox, SandboxWish::Success).await.unwrap();
        assert_eq!(status(&ada, &number).await, OrderStatus::Paid);
        assert_eq!(count(&ada, "SELECT COUNT(*) FROM payments").await, 2);
        assert_eq!(count(&ada, "SELECT COUNT(*) FROM orders").await, 1);
        // paying what is paid does nothing
        service::pay_order(&ada, &number, PaymentMethod::Sandbox, SandboxWish::Success).await.unwrap();
        assert_eq!(count(&ada, "SELECT COUNT(*) FROM payments").await, 2);
    }
}

#[tokio::test]
async fn a_declined_buyer_may_pay_by_transfer_instead() {
    for world in worlds().await {
        let shop = Shop::open(&world, 1).await;
        let ada = shop.client_with(&world, "ada@example.com", &shop.photos).await;
        let number = order(&ada, PaymentMethod::Sandbox, SandboxWish::Decline).await.unwrap();
        service::pay_order(&ada, &number, PaymentMethod::Offline, SandboxWish::Success).await.unwrap();
        assert_eq!(service::order_page(&ada, &number).await.unwrap().payment, PaymentState::Offline { instructions: "IBAN DE00".into() });
        assert_eq!(letters_that_say(&ada, "IBAN DE00").await, 1, "a letter says how");
        assert_eq!(service::mark_paid(&shop.photographer, &number, cash("2026-06-13")).await, Ok(Marked::Now));
        assert_eq!(service::mark_paid(&shop.photographer, &number, cash("2026-06-12")).await, Ok(Marked::Already));
        let seen = service::studio_order(&shop.owner, &number).await.unwrap();
        assert_eq!(letters_that_say(&ada, "Paid on 13 June 2026").await, 1);
        assert_eq!((seen.paid_on.as_deref(), seen.reference.as_deref()), (Some("13 June 2026"), Some("cash")));
    }
}

#[tokio::test]
async fn another_amount_or_currency_never_pays_an_order_and_the_owner_hears_of_it() {
    for world in worlds().await {
        let shop = Shop::open(&world, 1).await;
        let wrongs = [
            "UPDATE sandbox_charges SET amount = amount - 1",
            "UPDATE sandbox_charges SET amount = amount + 1",
            "UPDATE sandbox_charges SET currency = 'JPY'",
        ];
        for (n, wrong) in wrongs.into_iter().enumerate() {
            let ada = shop.client_with(&world, &format!("ada{n}@example.com"), &shop.photos).await;
            let number = order(&ada, PaymentMethod::Sandbox, SandboxWish::AnswerLost).await.unwrap();
            change(&ada, wrong).await;
            for _ in 0..2 {
                service::check_payment(&ada, &number).await.unwrap();
            }
            assert_eq!(status(&ada, &number).await, OrderStatus::AwaitingPayment, "{wrong}");
            assert_eq!(service::studio_order(&shop.owner, &number).await.unwrap().troubles.len(), 1);
            assert_eq!(
                count(&ada, "SELECT COUNT(*) FROM mails WHERE recipient = 'owner@example.com' AND once_key LIKE 'payment-needs-you-%'")
                    .await,
                n as i64 + 1
            );
        }
        assert_eq!(count(&shop.owner, "SELECT COUNT(*) FROM entitlements").await, 0);
    }
}

#[tokio::test]
async fn money_for_a_cancelled_order_is_written_down_and_brings_no_right() {
    for world in worlds().await {
        let shop = Shop::open(&world, 1).await;
        let ada = shop.client_with(&world, "ada@example.com", &shop.photos).await;
        let number = order(&ada, PaymentMethod::Sandbox, SandboxWish::AnswerLost).await.unwrap();
        change(&ada, "UPDATE orders SET status = 'cancelled'").await;
        service::check_payment(&ada, &number).await.unwrap();
        assert_eq!(status(&ada, &number).await, OrderStatus::Cancelled);
        assert_eq!(count(&ada, "SELECT COUNT(*) FROM payments WHERE status = 'unexpected'").await, 1);
        assert_eq!(
            count(&ada, "SELECT COUNT(*) FROM mails WHERE recipient = 'owner@example.com' AND once_key LIKE 'payment-needs-you-%'").await,
            1
        );
        assert_eq!(count(&ada, "SELECT COUNT(*) FROM entitlements").await, 0);
    }
}

#[tokio::test]
async fn only_a_waiting_order_is_cancelled_and_its_copies_can_be_bought_again() {
    for world in worlds().await {
        let shop = Shop::open(&world, 1).await;
        let ada = shop.client_with(&world, "ada@example.com", &shop.photos).await;
        let number = order_offline(&ada).await;
        for _ in 0..2 {
            service::cancel_order(&shop.photographer, &number).await.unwrap();
        }
        assert_eq!(count(&ada, "SELECT COUNT(*) FROM mails WHERE once_key LIKE 'order-cancelled-%'").await, 1);
        assert!(matches!(service::mark_paid(&shop.owner, &number, cash("2026-06-14")).await, Err(AppError::Conflict(_))));
        assert!(matches!(
            service::pay_order(&ada, &number, PaymentMethod::Sandbox, SandboxWish::Success).await,
            Err(AppError::Conflict(_))
        ));
        cart::add_to_cart(&ada, shop.photos[0], photovault::features::catalogue::Size::Original).await.unwrap();
        let second = order(&ada, PaymentMethod::Sandbox, SandboxWish::Success).await.unwrap();
        assert!(matches!(service::cancel_order(&ada, &second).await, Err(AppError::Conflict(words)) if words.contains("paid")));
    }
}

#[tokio::test]
async fn the_day_of_payment_is_one_of_the_studios_days() {
    for world in worlds().await {
        let shop = Shop::open(&world, 1).await;
        let ada = shop.client_with(&world, "ada@example.com", &shop.photos).await;
        let number = order_offline(&ada).await;
        // 22:30 UTC is half past midnight in Berlin
        world.later(10 * HOUR + HOUR / 2);
        assert!(matches!(service::mark_paid(&shop.owner, &number, cash("2026-06-16")).await, Err(AppError::Invalid(_))));
        assert_eq!(service::mark_paid(&shop.owner, &number, cash("2026-06-15")).await, Ok(Marked::Now));
        let right: Vec<(String,)> = sql("SELECT size FROM entitlements WHERE user_id = $1").bind(id(&ada)).all(&ada.db).await.unwrap();
        assert_eq!(right, [("original".to_string(),)]);
    }
}
