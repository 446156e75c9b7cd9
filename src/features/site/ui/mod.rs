//! The pages that everybody may read. They are given what they show; who loads it is the route's matter.
mod about_page;
mod contact_page;
mod home_page;
mod routes;
mod services_page;
mod settings_page;

pub use about_page::AboutPage;
pub use contact_page::ContactPage;
pub use home_page::HomePage;
pub use routes::{About, Contact, Services};
pub use services_page::ServicesPage;
pub use settings_page::SettingsPage;
