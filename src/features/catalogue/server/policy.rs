use crate::{platform::Actor, shared::{AppError, UserId}};

/// The studio's list is the owner's; a photographer reads it.
pub fn may_edit_studio_prices(actor: &Actor) -> Result<(), AppError> {
    actor.runs_galleries()?;
    if actor.is_owner() { Ok(()) } else { Err(AppError::NotAllowed) }
}

/// A gallery's prices are set by its photographer or the owner; to others the gallery isn't there.
pub fn may_edit_gallery_prices(actor: &Actor, photographer: UserId) -> Result<(), AppError> {
    let person = actor.runs_galleries()?;
    if actor.is_owner() || person.id == photographer { Ok(()) } else { Err(AppError::NotFound) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{platform::Person, shared::Role};

    fn somebody(role: Role) -> (UserId, Actor) {
        let id = UserId::new();
        (id, Actor::Person(Person { id, role, name: "Ada".into(), email: "ada@example.com".into(), proven_email: None }))
    }

    #[test]
    fn only_the_owner_edits_the_studio_list() {
        assert_eq!(may_edit_studio_prices(&somebody(Role::Owner).1), Ok(()));
        assert_eq!(may_edit_studio_prices(&somebody(Role::Photographer).1), Err(AppError::NotAllowed));
        assert_eq!(may_edit_studio_prices(&somebody(Role::Client).1), Err(AppError::NotFound));
        assert_eq!(may_edit_studio_prices(&Actor::Guest), Err(AppError::SignInNeeded));
    }

    #[test]
    fn a_photographer_edits_the_own_galleries_only() {
        let (me, ada) = somebody(Role::Photographer);
        let (other, owner) = somebody(Role::Owner);
        assert_eq!(may_edit_gallery_prices(&ada, me), Ok(()));
        assert_eq!(may_edit_gallery_prices(&ada, other), Err(AppError::NotFound));
        assert_eq!(may_edit_gallery_prices(&owner, me), Ok(()));
        assert_eq!(may_edit_gallery_prices(&somebody(Role::Crew).1, me), Err(AppError::NotFound));
    }
}
