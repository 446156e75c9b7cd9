mod confirm_page;
mod forgot_page;
mod invitation_page;
mod login_page;
mod profile_page;
mod register_page;
mod reset_page;
mod sessions;
mod setup_page;

pub use confirm_page::ConfirmPage;
pub use forgot_page::ForgotPage;
pub use invitation_page::InvitationPage;
pub use login_page::LoginPage;
pub use profile_page::ProfilePage;
pub use register_page::RegisterPage;
pub use reset_page::ResetPage;
pub use setup_page::SetupPage;
