use crate::{
    platform::Actor,
    shared::{AppError, Role},
};

/// People and invitations are the owner's business. To anybody else who is signed in there is nothing here.
pub fn may_manage_people(actor: &Actor) -> Result<(), AppError> {
    match actor {
        Actor::System => Ok(()),
        _ => actor.owner().map(drop),
    }
}

/// Only the program itself makes people without their doing: the demo, the command line.
pub fn may_make_people(actor: &Actor) -> Result<(), AppError> {
    if matches!(actor, Actor::System) { Ok(()) } else { Err(AppError::NotFound) }
}

/// Which roles an invitation of the owner's may carry. A second owner is made on the command line.
pub fn is_invitable(role: Role) -> bool {
    matches!(role, Role::Photographer | Role::Crew)
}

/// What somebody is after accepting an invitation: never less than before, and an owner stays one.
pub fn role_after(now: Role, invited_as: Option<Role>) -> Role {
    match (now, invited_as) {
        (Role::Client, Some(role)) if is_invitable(role) => role,
        (Role::Crew, Some(Role::Photographer)) => Role::Photographer,
        _ => now,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invitation_never_makes_an_owner_and_never_takes_a_role_away() {
        for now in Role::ALL {
            assert_eq!(role_after(*now, None), *now);
            assert_eq!(role_after(*now, Some(Role::Owner)), *now);
            assert_eq!(role_after(*now, Some(Role::Client)), *now);
        }
        assert_eq!(role_after(Role::Owner, Some(Role::Crew)), Role::Owner);
        assert_eq!(role_after(Role::Photographer, Some(Role::Crew)), Role::Photographer);
        assert_eq!(role_after(Role::Client, Some(Role::Photographer)), Role::Photographer);
    }

    #[test]
    fn a_guest_is_asked_to_sign_in_before_being_told_that_there_is_nothing() {
        assert_eq!(may_manage_people(&Actor::Guest), Err(AppError::SignInNeeded));
    }
}
