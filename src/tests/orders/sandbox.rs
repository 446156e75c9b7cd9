//! A studio that takes real money offers no sandbox, whatever a request says.
use crate::support::{
    shop::{Shop, count, order, order_offline},
    worlds_with,
};
use photovault::{
    features::orders::{PaymentMethod, SandboxWish, server::service},
    shared::AppError,
};

#[tokio::test]
async fn switched_off_the_sandbox_is_neither_offered_nor_taken() {
    for world in worlds_with(&[("PAYMENT_SANDBOX", "0")]).await {
        let shop = Shop::open(&world, 2).await;
        let ada = shop.client_with(&world, "ada@example.com", &shop.photos[..1]).await;
        assert!(!service::checkout(&ada).await.unwrap().ways.sandbox);
        for method in [PaymentMethod::Sandbox, PaymentMethod::Free] {
            let refused = order(&ada, method, SandboxWish::Success).await;
            assert!(matches!(refused, Err(AppError::Invalid(_))), "{}: {refused:?}", world.engine);
        }
        let number = order_offline(&ada).await;
        assert!(!service::order_page(&ada, &number).await.unwrap().ways.sandbox);
        let refused = service::pay_order(&ada, &number, PaymentMethod::Sandbox, SandboxWish::Success).await;
        assert!(matches!(refused, Err(AppError::Invalid(_))), "{refused:?}");
        for table in ["SELECT COUNT(*) FROM sandbox_charges", "SELECT COUNT(*) FROM entitlements"] {
            assert_eq!(count(&ada, table).await, 0, "{table}");
        }
    }
}
