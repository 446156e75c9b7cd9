mod access_list;
mod assign_panel;
mod clients_page;

pub use assign_panel::AssignPanel;
pub use clients_page::ClientsPage;
