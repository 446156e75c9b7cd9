use super::store::ImageRow;
use crate::{
    platform::Actor,
    shared::{AppError, UserId},
};

/// Everybody who is signed in keeps images, and keeps them to themselves.
pub fn keeper(actor: &Actor) -> Result<UserId, AppError> {
    actor.person().map(|person| person.id)
}

/// How many bytes one person may keep: anybody can sign up, so strangers have a limit; the studio's own people have none.
pub fn room(actor: &Actor, limit: u64) -> i64 {
    if actor.runs_galleries().is_ok() { i64::MAX } else { i64::try_from(limit).unwrap_or(i64::MAX) }
}

/// To everybody else there is no such image, the studio's owner included.
pub fn may_see(actor: &Actor, image: &ImageRow) -> Result<(), AppError> {
    if keeper(actor)? == image.user_id { Ok(()) } else { Err(AppError::NotFound) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        platform::Person,
        shared::{ImageId, Role},
    };

    #[test]
    fn an_image_is_there_for_its_keeper_alone() {
        let person = |role| {
            let id = UserId::new();
            (id, Actor::Person(Person { id, role, name: "Ada".into(), email: "ada@example.com".into(), proven_email: None }))
        };
        let (mine, ada) = person(Role::Client);
        let image = ImageRow {
            id: ImageId::new(),
            user_id: mine,
            filename: String::new(),
            format: String::new(),
            size: 0,
            width: 1,
            height: 1,
            hash: vec![],
            title: String::new(),
            description: String::new(),
            created_at: 0,
            changed_at: 0,
        };
        assert_eq!(may_see(&ada, &image), Ok(()));
        for role in Role::ALL {
            assert_eq!(may_see(&person(*role).1, &image), Err(AppError::NotFound));
        }
        assert_eq!(may_see(&Actor::Guest, &image), Err(AppError::SignInNeeded));
    }
}
