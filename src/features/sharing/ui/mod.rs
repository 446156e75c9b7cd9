mod access_list;
mod assign_panel;
mod clients_page;

pub use assign_panel::AssignPanel;
#[cfg(feature = "ssr")]
pub use assign_panel::{page_after, told};
pub use clients_page::ClientsPage;
