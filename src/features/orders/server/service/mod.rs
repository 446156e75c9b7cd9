mod bought;
mod cancel;
mod checkout;
mod clients;
mod mark_paid;
mod pay;
mod place_order;
mod settle;
mod studio;

pub use bought::{my_orders, order_page, purchases};
pub use cancel::cancel_order;
pub use checkout::checkout;
pub use clients::clients_page;
pub use mark_paid::{MarkPaid, Marked, mark_paid};
pub use pay::{check_open_payments, check_payment, pay_order};
pub use place_order::place_order;
pub use studio::{OrderFilter, overview, studio_order, studio_orders};
