use crate::{platform::Actor, shared::AppError};

/// The console is the owner's; to anybody else who is signed in there is no such page.
pub fn may_open_console(actor: &Actor) -> Result<(), AppError> {
    actor.owner().map(drop)
}
