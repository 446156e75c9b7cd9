//! Orders: checkout, payment, the receipt, downloads of what was bought, and the studio's side of it.
mod api;
#[cfg(feature = "ssr")]
pub mod server;
mod types;
mod ui;

pub use types::*;
pub use ui::{
    CheckoutPage, ClientsPage, OrderPage, OrdersPage, PayPage, PaymentsPage, PurchasesPage, StudioOrderPage, StudioOrdersPage,
    StudioPaymentsPage, TodaysSales,
};
