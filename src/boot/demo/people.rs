use crate::{
    features::accounts::server::service::{NewPerson, create_person},
    platform::{Actor, Person, RequestContext},
    shared::{AppError, Role, email_key},
};

/// The three whom a newcomer signs in as.
pub const SIGN_INS: [&str; 3] = ["owner@photovault.test", "photographer@photovault.test", "client@photovault.test"];

/// The demo's people, each with the world as they see it.
pub struct People {
    pub owner: RequestContext,
    pub jonas: RequestContext,
    pub priya: RequestContext,
    pub ada: RequestContext,
    pub tomas: RequestContext,
    pub clara: RequestContext,
}

impl People {
    pub async fn make(system: &RequestContext, password: &str) -> Result<Self, AppError> {
        let [owner, photographer, client] = SIGN_INS;
        Ok(Self {
            owner: one(system, Role::Owner, "Elin Lindqvist", owner, password).await?,
            jonas: one(system, Role::Photographer, "Jonas Moreau", photographer, password).await?,
            priya: one(system, Role::Photographer, "Priya Anand", "priya@photovault.test", password).await?,
            ada: one(system, Role::Client, "Ada Winter", client, password).await?,
            tomas: one(system, Role::Client, "Tomás Reis", "tomas@photovault.test", password).await?,
            clara: one(system, Role::Client, "Clara Yun", "clara@photovault.test", password).await?,
        })
    }
}

async fn one(system: &RequestContext, role: Role, name: &str, email: &str, password: &str) -> Result<RequestContext, AppError> {
    let new = NewPerson { name: name.into(), email: email.into(), role, password: password.into(), proven: true };
    let id = create_person(system, new).await?;
    Ok(system.acting_as(Actor::Person(Person { id, role, name: name.into(), email: email.into(), proven_email: Some(email_key(email)) })))
}
