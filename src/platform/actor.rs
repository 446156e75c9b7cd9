use crate::shared::{AppError, Role, UserId};

/// Who acts. The one person-word that the platform knows; the doors make it, the policies judge it.
#[derive(Clone, Debug, PartialEq)]
pub enum Actor {
    Guest,
    Person(Person),
    /// A job or the command line.
    System,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    pub id: UserId,
    pub role: Role,
    pub name: String,
    pub email: String,
    /// The address as it is compared, when its owner has shown that mail arrives there. Rights given to an address hang on this.
    pub proven_email: Option<String>,
}

impl Actor {
    pub fn user(&self) -> Option<UserId> {
        match self {
            Self::Person(person) => Some(person.id),
            _ => None,
        }
    }

    /// The person who is signed in, or the request to sign in.
    pub fn person(&self) -> Result<&Person, AppError> {
        match self {
            Self::Person(person) => Ok(person),
            _ => Err(AppError::SignInNeeded),
        }
    }

    pub fn is_owner(&self) -> bool {
        matches!(self, Self::System) || matches!(self, Self::Person(person) if person.role == Role::Owner)
    }

    /// Owner or photographer; crew and clients are told that there is nothing here, guests to sign in.
    pub fn runs_galleries(&self) -> Result<&Person, AppError> {
        let person = self.person()?;
        match person.role {
            Role::Owner | Role::Photographer => Ok(person),
            _ => Err(AppError::NotFound),
        }
    }

    pub fn owner(&self) -> Result<&Person, AppError> {
        let person = self.person()?;
        if person.role == Role::Owner { Ok(person) } else { Err(AppError::NotFound) }
    }
}
