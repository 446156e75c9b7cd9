use super::GalleryRow;
use crate::{
    platform::{Actor, Person},
    shared::{AppError, Role, UserId},
};

/// The owner and photographers make galleries.
pub fn may_create(actor: &Actor) -> Result<&Person, AppError> {
    actor.runs_galleries()
}

/// The owner runs every gallery, a photographer the own ones; for everybody else it does not exist.
pub fn may_run(actor: &Actor, gallery: &GalleryRow) -> Result<(), AppError> {
    if *actor == Actor::System {
        return Ok(());
    }
    let person = actor.runs_galleries()?;
    if person.role == Role::Owner || person.id == gallery.photographer_id { Ok(()) } else { Err(AppError::NotFound) }
}

/// Whose galleries somebody may list: one photographer's, or (none) everybody's.
pub fn listed_for(actor: &Actor) -> Result<Option<UserId>, AppError> {
    let person = actor.runs_galleries()?;
    Ok((person.role != Role::Owner).then_some(person.id))
}
