use crate::support::{
    shop::{Shop, gallery, grant, order_offline},
    worlds,
};
use photovault::{
    features::{
        cart::server::service as cart,
        catalogue::Size,
        orders::{
            PaymentMethod, SandboxWish,
            server::service::{self, MarkPaid, OrderFilter},
        },
    },
    shared::{AppError, Role},
};

fn cash() -> MarkPaid {
    MarkPaid { paid_on: "2026-06-14".into(), reference: "cash".into() }
}

#[tokio::test]
async fn an_order_number_opens_nothing_to_those_who_have_no_part_in_it() {
    for world in worlds().await {
        let shop = Shop::open(&world, 1).await;
        let ada = shop.client_with(&world, "ada@example.com", &shop.photos).await;
        let number = order_offline(&ada).await;
        let bob = shop.client(&world, "bob@example.com").await;
        let other = world.person(Role::Photographer, "other@example.com").await;
        let crew = world.person(Role::Crew, "crew@example.com").await;
        for stranger in [&bob, &other, &crew] {
            for number in [number.as_str(), "PV-2026-999999", "", "' OR 1=1 --"] {
                assert_eq!(service::order_page(stranger, number).await.unwrap_err(), AppError::NotFound);
                assert_eq!(service::studio_order(stranger, number).await.unwrap_err(), AppError::NotFound);
                assert_eq!(
                    service::pay_order(stranger, number, PaymentMethod::Sandbox, SandboxWish::Success).await,
                    Err(AppError::NotFound)
                );
                assert_eq!(service::check_payment(stranger, number).await, Err(AppError::NotFound));
                assert_eq!(service::cancel_order(stranger, number).await, Err(AppError::NotFound));
                assert_eq!(service::mark_paid(stranger, number, cash()).await, Err(AppError::NotFound));
            }
        }
        assert_eq!(service::order_page(&world.guest(), &number).await.unwrap_err(), AppError::SignInNeeded);
        assert_eq!(service::cancel_order(&world.guest(), &number).await, Err(AppError::SignInNeeded));
        assert_eq!(service::mark_paid(&ada, &number, cash()).await, Err(AppError::NotFound));
        assert!(service::my_orders(&bob, None).await.unwrap().items.is_empty());
        assert!(service::studio_orders(&other, OrderFilter::default()).await.unwrap().items.is_empty());
        assert_eq!(service::studio_orders(&ada, OrderFilter::default()).await.unwrap_err(), AppError::NotFound);
    }
}

#[tokio::test]
async fn a_photographer_sees_the_own_part_of_an_order_and_leaves_its_payment_to_the_owner() {
    for world in worlds().await {
        let shop = Shop::open(&world, 2).await;
        let second = world.person(Role::Photographer, "second@example.com").await;
        let (theirs, photos) = gallery(&second, 1).await;
        let ada = shop.client_with(&world, "ada@example.com", &shop.photos).await;
        grant(&ada, theirs, &second).await;
        cart::add_to_cart(&ada, photos[0], Size::Web).await.unwrap();
        let number = order_offline(&ada).await;

        let (first, second_sees, owner) = tokio::join!(
            service::studio_order(&shop.photographer, &number),
            service::studio_order(&second, &number),
            service::studio_order(&shop.owner, &number)
        );
        let told =
            |view: photovault::features::orders::StudioOrderView| (view.lines.len(), view.subtotal.amount, view.others, view.may_settle);
        assert_eq!(told(first.unwrap()), (2, 5000, 1, false));
        assert_eq!(told(second_sees.unwrap()), (1, 1000, 2, false));
        assert_eq!(told(owner.unwrap()), (3, 6000, 0, true));
        assert_eq!(service::mark_paid(&second, &number, cash()).await, Err(AppError::NotAllowed));
        assert_eq!(service::cancel_order(&second, &number).await, Err(AppError::NotAllowed));
        let rows = service::studio_orders(&second, OrderFilter::default()).await.unwrap().items;
        assert_eq!((rows.len(), rows[0].subtotal.amount, rows[0].photos), (1, 1000, 1));

        service::mark_paid(&shop.owner, &number, cash()).await.unwrap();
        let sold = service::overview(&second).await.unwrap();
        assert_eq!((sold.waiting, sold.sold_today, sold.sum_today.amount), (0, 1, 1000));
        let sold = service::overview(&shop.owner).await.unwrap();
        assert_eq!((sold.sold_today, sold.sum_today.amount), (3, 6000));
        assert_eq!(service::purchases(&ada, None).await.unwrap().items.len(), 3);
    }
}

#[tokio::test]
async fn long_lists_come_in_pages_that_miss_and_repeat_nothing() {
    for world in worlds().await {
        let shop = Shop::open(&world, 70).await;
        let ada = shop.client(&world, "ada@example.com").await;
        for photo in &shop.photos {
            cart::add_to_cart(&ada, *photo, Size::Web).await.unwrap();
            order_offline(&ada).await;
        }
        let (mut numbers, mut after) = (vec![], None);
        loop {
            let page = service::studio_orders(&shop.owner, OrderFilter { after, ..OrderFilter::default() }).await.unwrap();
            numbers.extend(page.items.into_iter().map(|row| row.number));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(numbers, (1..=70).rev().map(|n| format!("PV-2026-{n:06}")).collect::<Vec<_>>());
        let first = service::my_orders(&ada, None).await.unwrap();
        let second = service::my_orders(&ada, first.next.clone()).await.unwrap();
        assert!(second.items[0].number < first.items.last().unwrap().number);
        assert_eq!(service::my_orders(&ada, Some("junk".into())).await.unwrap_err(), AppError::NotFound);
        assert_eq!(service::overview(&shop.photographer).await.unwrap().waiting, 70);
    }
}
