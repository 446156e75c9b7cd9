use crate::{platform::Actor, shared::AppError};

/// The studio's settings are the owner's. To anybody else who is signed in there is no such page.
pub fn may_change_settings(actor: &Actor) -> Result<(), AppError> {
    match actor {
        Actor::System => Ok(()),
        _ => actor.owner().map(drop),
    }
}
