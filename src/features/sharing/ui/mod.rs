mod access_list;
mod assign_panel;
mod home_panel;

pub use access_list::sees;
pub use assign_panel::AssignPanel;
pub use home_panel::HomePanel;
