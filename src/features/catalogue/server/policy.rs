use crate::{platform::Actor, shared::AppError};

/// The studio's list is the owner's; a photographer reads it.
pub fn may_edit_studio_prices(actor: &Actor) -> Result<(), AppError> {
    actor.runs_galleries()?;
    if actor.is_owner() { Ok(()) } else { Err(AppError::NotAllowed) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        platform::Person,
        shared::{Role, UserId},
    };

    fn somebody(role: Role) -> Actor {
        Actor::Person(Person { id: UserId::new(), role, name: "Ada".into(), email: "ada@example.com".into(), proven_email: None })
    }

    #[test]
    fn only_the_owner_edits_the_studio_list() {
        assert_eq!(may_edit_studio_prices(&somebody(Role::Owner)), Ok(()));
        assert_eq!(may_edit_studio_prices(&somebody(Role::Photographer)), Err(AppError::NotAllowed));
        assert_eq!(may_edit_studio_prices(&somebody(Role::Client)), Err(AppError::NotFound));
        assert_eq!(may_edit_studio_prices(&Actor::Guest), Err(AppError::SignInNeeded));
    }
}
