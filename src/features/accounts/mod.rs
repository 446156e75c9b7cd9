//! People: who they are, how they prove it, and how long their browser is believed.
mod api;
#[cfg(feature = "ssr")]
pub mod server;
mod types;
mod ui;

pub use api::*;
pub use types::{InvitationView, LinkPage, NewClient, NewStudio, OpenInvitation, PersonCard, PersonRow, Profile, ProgramRow, SessionRow};
pub use ui::*;

/// Where a person is at home: the studio for those who work here, their photographs for everybody else.
pub fn home_of(role: crate::shared::Role) -> &'static str {
    if role.runs_galleries() { crate::paths::STUDIO } else { crate::paths::GALLERIES }
}
