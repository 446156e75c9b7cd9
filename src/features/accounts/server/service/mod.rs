//! What can be done with people. Each verb asks the policy first and changes everything in one transaction.
mod code;
mod confirm;
mod invitations;
mod invite;
mod letters;
mod make;
mod people;
mod profile;
mod programs;
mod recover;
mod session;
mod sign_up;
mod tokens;

pub use code::{resend_code, verify_email};
pub use confirm::{confirm_email, confirmation, send_confirmation};
pub use invitations::{open_invitations, revoke_invitation, send_invitation_again};
pub use invite::{accept_invitation, invitation, invite_by_mail, invite_person};
pub use letters::{forward_message, sample_letters};
pub use make::{NewPerson, create_owner, create_person};
pub use people::{clients, everybody, one_at_a_time, owners, people, people_by_proven_emails, person_by_email, set_active};
pub use profile::{change_password, change_profile, end_other_sessions, end_session, profile};
pub use programs::{make_token, programs, revoke_token};
pub use recover::{forgot_password, mail_reset, reset_link, reset_password};
pub use session::{SignedIn, actor_for, is_still, sign_in, sign_out, sweep};
pub use sign_up::{first_run, set_up, sign_up};
pub use tokens::{Believed, Me, Tokens, believe, change_me, log_in, log_out, me, refresh, register, renew, username_problems};
