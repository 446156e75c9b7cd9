use crate::{
    features::{
        accounts::server::{mails, store::users},
        site::server::service as site,
    },
    platform::{Services, mail},
    shared::{AppError, MessageId, Role},
};

/// Carries what somebody wrote on the contact page to every owner. Doing it twice sends no second letter.
pub async fn forward_message(services: &Services, id: MessageId) -> Result<(), AppError> {
    let Some(message) = site::message(&services.db, id).await? else { return Ok(()) };
    let mut tx = services.db.begin().await?;
    for owner in users::with_role(&mut tx, Role::Owner).await? {
        mail::post(&mut tx, &services.clock, mails::message(&owner, id, &message)).await?;
    }
    tx.commit().await?;
    services.bell.ring();
    Ok(())
}
