use crate::{platform::Actor, shared::AppError};

/// Those who run galleries read the settings that their galleries follow.
pub fn may_see_settings(actor: &Actor) -> Result<(), AppError> {
    match actor {
        Actor::System => Ok(()),
        _ => actor.runs_galleries().map(drop),
    }
}

/// The studio's settings are the owner's. To anybody else who is signed in there is no such page.
pub fn may_change_settings(actor: &Actor) -> Result<(), AppError> {
    match actor {
        Actor::System => Ok(()),
        _ => actor.owner().map(drop),
    }
}
