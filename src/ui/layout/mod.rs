//! The frames that pages stand in. All of them work without JavaScript.
mod account_menu;
mod bare_page;
mod frame;
mod head;
mod page_title;
mod site_page;
mod studio_page;
mod theme_switch;

pub use bare_page::BarePage;
pub(super) use frame::is_inside_layout;
pub use head::{DocumentHead, theme_of_document};
pub use page_title::PageTitle;
pub use site_page::SitePage;
pub use studio_page::StudioPage;
pub use theme_switch::ThemeSwitch;
