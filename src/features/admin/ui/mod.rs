mod admin_page;
mod invitations;
mod mail_page;
mod person_row;

pub use admin_page::AdminPage;
pub use mail_page::MailPage;
