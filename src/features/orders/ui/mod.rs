mod bought;
mod checkout_page;
mod order_page;
mod orders_page;
mod pay_form;
mod purchases_page;
mod state;
mod studio_order_page;
mod studio_orders_page;
mod todays_sales;

pub use checkout_page::CheckoutPage;
pub use order_page::OrderPage;
pub use orders_page::OrdersPage;
pub use purchases_page::PurchasesPage;
pub use studio_order_page::StudioOrderPage;
pub use studio_orders_page::StudioOrdersPage;
pub use todays_sales::TodaysSales;
