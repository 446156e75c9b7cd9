use crate::support::World;
use photovault::{
    boot::handlers::handlers,
    features::accounts::server::service::{NewPerson, SignedIn, actor_for, create_person, sign_in},
    platform::{
        Actor, Client, RequestContext,
        jobs::run_due,
        mail::{OutboxRow, carry_due, outbox},
    },
    shared::{AppError, Role, UserId},
};
use std::net::IpAddr;

pub const PASSWORD: &str = "correct horse battery";

/// Somebody with a password, who is not signed in anywhere.
pub async fn person(world: &World, role: Role, email: &str) -> UserId {
    let new = NewPerson { name: "Ada Lovelace".into(), email: email.into(), role, password: PASSWORD.into(), proven: false };
    create_person(&world.system(), new).await.unwrap()
}

/// The world as the browser with this session sees it now.
pub async fn browser(world: &World, secret: &str) -> RequestContext {
    let actor = actor_for(&world.services, secret).await.unwrap();
    let guest = world.guest();
    RequestContext { actor, client: Client { session: Some(secret.into()), ..guest.client.clone() }, ..guest }
}

/// A stranger's browser at an address of its own.
pub fn from(world: &World, address: &str) -> RequestContext {
    let guest = world.guest();
    RequestContext { client: Client { address: address.parse::<IpAddr>().unwrap(), ..guest.client.clone() }, ..guest }
}

pub async fn come_in(world: &World, email: &str, stay: bool) -> SignedIn {
    // each from a place of its own: limits are another promise
    let place = format!("10.1.{}.{}", rand::random::<u8>(), rand::random::<u8>());
    sign_in(&from(world, &place), email, PASSWORD, stay).await.unwrap()
}

pub async fn is_in(world: &World, secret: &str) -> bool {
    actor_for(&world.services, secret).await.unwrap() != Actor::Guest
}

/// All letters to this address, the newest first; the jobs that write them have run.
pub async fn letters(world: &World, email: &str) -> Vec<OutboxRow> {
    run_due(&world.services, &handlers()).await.unwrap();
    carry_due(&world.services).await.unwrap();
    outbox(&world.services.db, 1000).await.unwrap().into_iter().filter(|letter| letter.recipient == email).collect()
}

/// The secrets of the links of this kind (`/reset/`) in the letters to this address, the newest first.
pub async fn links(world: &World, email: &str, path: &str) -> Vec<String> {
    let secret = |letter: OutboxRow| {
        let text = letter.content(&world.services).unwrap().text();
        Some(text.split_once(path)?.1.split_whitespace().next()?.to_string())
    };
    letters(world, email).await.into_iter().filter_map(secret).collect()
}

/// Which field a refusal is about.
pub fn field<T>(answer: Result<T, AppError>) -> String {
    match answer {
        Err(AppError::Invalid(problems)) => problems.iter().map(|problem| problem.field.as_str()).collect::<Vec<_>>().join(","),
        Err(other) => panic!("{other:?}"),
        Ok(_) => panic!("it was accepted"),
    }
}
