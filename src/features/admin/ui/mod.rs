mod admin_page;
mod faults_page;
mod invitations;
mod letters_page;
mod mail_page;
mod person_row;

pub use admin_page::AdminPage;
pub use faults_page::FaultsPage;
pub use letters_page::LettersPage;
pub use mail_page::MailPage;
