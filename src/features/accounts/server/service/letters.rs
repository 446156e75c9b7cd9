use crate::{
    features::{
        accounts::server::{mails, store::users},
        site::server::service as site,
    },
    paths,
    platform::{
        RequestContext, Services,
        mail::{self, Sample},
    },
    shared::{AppError, LinkId, MessageId, Role},
};

/// Carries what somebody wrote on the contact page to every owner. Doing it twice sends no second letter.
pub async fn forward_message(services: &Services, id: MessageId) -> Result<(), AppError> {
    let Some(message) = site::message(services, id).await? else { return Ok(()) };
    let mut tx = services.db.begin().await?;
    for owner in users::with_role(&mut tx, Role::Owner).await? {
        mail::post(&mut tx, services, mails::message(&owner, id, &message)).await?;
    }
    tx.commit().await?;
    services.bell.ring();
    Ok(())
}

/// What this domain's letters look like, addressed to the owner who asks. Their links are made up.
pub async fn sample_letters(cx: &RequestContext) -> Result<Vec<Sample>, AppError> {
    let me = cx.actor.owner()?.id;
    let user = users::by_id(&cx.db, me).await?.ok_or(AppError::NotFound)?;
    let (config, studio) = (&cx.config, site::studio(&cx.db).await?.name);
    let (id, secret) = (LinkId::new(), "example");
    let invitation = mails::invitation(config, &studio, &user.email, "You are invited to work here.", id, &paths::invitation(secret));
    let message = site::latest_message(cx).await?.map(|message| mails::message(&user, MessageId::new(), &message));
    Ok(vec![
        Sample { name: "confirm", title: "Confirming an address", letter: Some(mails::confirm(config, &studio, &user, id, secret)) },
        Sample { name: "code", title: "Verification code", letter: Some(mails::code(&studio, &user, "123456", cx.now())) },
        Sample { name: "invitation", title: "Invitation", letter: Some(invitation) },
        Sample { name: "reset", title: "New password", letter: Some(mails::reset(config, &studio, &user, id, secret)) },
        Sample { name: "password-changed", title: "Password changed", letter: Some(mails::password_changed(config, &studio, &user, id)) },
        Sample { name: "message", title: "Message from the contact page", letter: message },
    ])
}
