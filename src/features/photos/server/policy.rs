use crate::{
    platform::Actor,
    shared::{AppError, Role, UserId},
};

/// The owner changes every photograph, a photographer the own ones; for everybody else there is nothing here.
pub fn may_change(actor: &Actor, photographer: UserId) -> Result<(), AppError> {
    if *actor == Actor::System {
        return Ok(());
    }
    let person = actor.runs_galleries()?;
    if person.role == Role::Owner || person.id == photographer { Ok(()) } else { Err(AppError::NotFound) }
}

/// Whose photographs somebody may list: one photographer's, or (none) everybody's.
pub fn listed_for(actor: &Actor) -> Result<Option<UserId>, AppError> {
    let person = actor.runs_galleries()?;
    Ok((person.role != Role::Owner).then_some(person.id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::Person;

    fn somebody(role: Role) -> (UserId, Actor) {
        let id = UserId::new();
        (id, Actor::Person(Person { id, role, name: "Ada".into(), email: "ada@example.com".into(), proven_email: None }))
    }

    #[test]
    fn a_photographer_changes_the_own_photographs_and_the_owner_all() {
        let (ada, photographer) = somebody(Role::Photographer);
        assert_eq!(may_change(&photographer, ada), Ok(()));
        assert_eq!(may_change(&photographer, UserId::new()), Err(AppError::NotFound));
        assert_eq!(may_change(&somebody(Role::Owner).1, ada), Ok(()));
    }

    #[test]
    fn crew_and_clients_find_nothing_and_a_guest_is_asked_to_sign_in() {
        for role in [Role::Crew, Role::Client] {
            let (id, actor) = somebody(role);
            assert_eq!(may_change(&actor, id), Err(AppError::NotFound));
        }
        assert_eq!(may_change(&Actor::Guest, UserId::new()), Err(AppError::SignInNeeded));
    }
}
