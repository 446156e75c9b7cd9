use super::types::{InvitationView, LinkPage, NewClient, NewStudio, PersonRow, Profile};
use crate::shared::{AppError, LinkId, Role, Scope, SessionId, Theme, TokenId, UserId};
use leptos::prelude::*;

/// In front of the sign-in: who is in already is led on to where they wanted to go, or home.
#[server(prefix = "/_fn", endpoint = "entrance")]
pub async fn entrance(next: String) -> Result<(), AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    if let Ok(person) = cx.actor.person() {
        crate::platform::answer::go_to(crate::paths::own(&next).unwrap_or(super::home_of(person.role)), "");
    }
    Ok(())
}

/// What the first-run page offers; afterwards there is no such page.
#[server(prefix = "/_fn", endpoint = "first_run")]
pub async fn first_run() -> Result<Vec<String>, AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::first_run(&cx).await
}

#[server(prefix = "/_fn", endpoint = "sign_in")]
pub async fn sign_in(
    email: String,
    password: String,
    #[server(default)] stay: Option<String>,
    #[server(default)] next: String,
) -> Result<(), AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    let signed_in = super::server::service::sign_in(&cx, &email, &password, stay.is_some()).await?;
    super::server::welcome(&cx, &signed_in, crate::paths::own(&next), "");
    Ok(())
}

#[server(prefix = "/_fn", endpoint = "sign_up")]
pub async fn sign_up(#[server(flatten)] form: NewClient, #[server(default)] next: String) -> Result<(), AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    let email = form.email.clone();
    match super::server::service::sign_up(&cx, form).await? {
        Some(signed_in) => super::server::welcome(
            &cx,
            &signed_in,
            crate::paths::own(&next),
            "Welcome. We have sent you a letter: please confirm your address with it.",
        ),
        None => crate::platform::answer::go_to(&crate::paths::verify(&email), "We have sent you a letter with a code."),
    }
    Ok(())
}

#[server(prefix = "/_fn", endpoint = "verify_email")]
pub async fn verify_email(email: String, code: String) -> Result<(), AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::verify_email(&cx, &email, &code).await?;
    crate::platform::answer::go_to(crate::paths::LOGIN, "Thank you, your address is confirmed. Please sign in.");
    Ok(())
}

#[server(prefix = "/_fn", endpoint = "resend_code")]
pub async fn resend_code(email: String) -> Result<(), AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::resend_code(&cx, &email).await?;
    crate::platform::answer::go_to(&crate::paths::verify(&email), "If this address waits for its confirmation, a code is on its way.");
    Ok(())
}

#[server(prefix = "/_fn", endpoint = "sign_out")]
pub async fn sign_out() -> Result<(), AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::sign_out(&cx).await?;
    super::server::cookie::take_session(&cx);
    crate::platform::answer::go_to(crate::paths::HOME, "You are signed out.");
    Ok(())
}

#[server(prefix = "/_fn", endpoint = "set_up")]
pub async fn set_up(#[server(flatten)] form: NewStudio) -> Result<(), AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    let signed_in = super::server::service::set_up(&cx, form).await?;
    super::server::welcome(&cx, &signed_in, None, "Your studio is open.");
    Ok(())
}

#[server(prefix = "/_fn", endpoint = "choose_theme")]
pub async fn choose_theme(theme: Theme) -> Result<(), AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::cookie::keep_theme(&cx, theme);
    Ok(())
}

#[server(prefix = "/_fn", endpoint = "forgot_password")]
pub async fn forgot_password(email: String) -> Result<(), AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::forgot_password(&cx, &email).await?;
    crate::platform::answer::go_to(crate::paths::LOGIN, "If there is an account with this address, a letter is on its way.");
    Ok(())
}

#[server(prefix = "/_fn", endpoint = "reset_link")]
pub async fn reset_link(token: String) -> Result<LinkPage, AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::reset_link(&cx, &token).await
}

#[server(prefix = "/_fn", endpoint = "reset_password")]
pub async fn reset_password(token: String, password: String, password2: String) -> Result<(), AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    let signed_in = super::server::service::reset_password(&cx, &token, &password, &password2).await?;
    super::server::welcome(&cx, &signed_in, None, "Your new password is set.");
    Ok(())
}

#[server(prefix = "/_fn", endpoint = "confirmation")]
pub async fn confirmation(token: String) -> Result<LinkPage, AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::confirmation(&cx, &token).await
}

#[server(prefix = "/_fn", endpoint = "confirm_email")]
pub async fn confirm_email(token: String) -> Result<(), AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::confirm_email(&cx, &token).await?;
    crate::platform::answer::go_to(crate::paths::GALLERIES, "Thank you, your address is confirmed.");
    Ok(())
}

#[server(prefix = "/_fn", endpoint = "send_confirmation")]
pub async fn send_confirmation() -> Result<(), AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::send_confirmation(&cx).await?;
    crate::platform::answer::go_to(crate::paths::PROFILE, "The letter is on its way.");
    Ok(())
}

#[server(prefix = "/_fn", endpoint = "invitation")]
pub async fn invitation(token: String) -> Result<InvitationView, AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::invitation(&cx, &token).await
}

#[server(prefix = "/_fn", endpoint = "accept_invitation")]
pub async fn accept_invitation(token: String, #[server(flatten)] form: NewClient) -> Result<(), AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    match super::server::service::accept_invitation(&cx, &token, form).await? {
        Some(signed_in) => super::server::welcome(&cx, &signed_in, None, "Welcome."),
        None => crate::platform::answer::go_to(super::home_of(cx.actor.person()?.role), "Thank you, the invitation is accepted."),
    }
    Ok(())
}

#[server(prefix = "/_fn", endpoint = "invite_person")]
pub async fn invite_person(email: String, role: Role) -> Result<(), AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::invite_person(&cx, &email, role).await?;
    crate::platform::answer::go_to(crate::paths::ADMIN, "The invitation is on its way.");
    Ok(())
}

#[server(prefix = "/_fn", endpoint = "revoke_invitation")]
pub async fn revoke_invitation(invitation: LinkId) -> Result<(), AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::revoke_invitation(&cx, invitation).await?;
    crate::platform::answer::go_to(crate::paths::ADMIN, "The invitation is taken back.");
    Ok(())
}

#[server(prefix = "/_fn", endpoint = "send_invitation_again")]
pub async fn send_invitation_again(invitation: LinkId) -> Result<(), AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    let email = super::server::service::send_invitation_again(&cx, invitation).await?;
    crate::platform::answer::go_to(crate::paths::ADMIN, &format!("A new letter is on its way to {email}."));
    Ok(())
}

#[server(prefix = "/_fn", endpoint = "set_active")]
pub async fn set_active(user: UserId, active: bool) -> Result<(), AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::set_active(&cx, user, active).await?;
    crate::platform::answer::go_to(
        crate::paths::ADMIN,
        if active { "The account is on again." } else { "The account is off, and signed out everywhere." },
    );
    Ok(())
}

#[server(prefix = "/_fn", endpoint = "everybody")]
pub async fn everybody() -> Result<Vec<PersonRow>, AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::everybody(&cx).await
}

#[server(prefix = "/_fn", endpoint = "profile")]
pub async fn own_profile() -> Result<Profile, AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::profile(&cx).await
}

#[server(prefix = "/_fn", endpoint = "change_profile")]
pub async fn change_profile(name: String) -> Result<(), AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::change_profile(&cx, &name).await?;
    crate::platform::answer::go_to(crate::paths::PROFILE, "Saved.");
    Ok(())
}

#[server(prefix = "/_fn", endpoint = "change_password")]
pub async fn change_password(old_password: String, password: String, password2: String) -> Result<(), AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::change_password(&cx, &old_password, &password, &password2).await?;
    crate::platform::answer::go_to(crate::paths::PROFILE, "Your new password is set. All other browsers are signed out.");
    Ok(())
}

/// The answer is the token itself, which nobody sees again: the page is drawn with it instead of being left.
#[server(prefix = "/_fn", endpoint = "make_token")]
pub async fn make_token(name: String, #[server(default)] scopes: Vec<Scope>) -> Result<String, AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    let secret = super::server::service::make_token(&cx, &name, &scopes).await?;
    crate::platform::answer::show_once(&secret);
    Ok(secret)
}

#[server(prefix = "/_fn", endpoint = "revoke_token")]
pub async fn revoke_token(token: TokenId) -> Result<(), AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::revoke_token(&cx, token).await?;
    crate::platform::answer::go_to(crate::paths::PROFILE, "The token is revoked.");
    Ok(())
}

#[server(prefix = "/_fn", endpoint = "end_session")]
pub async fn end_session(session: SessionId) -> Result<(), AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    if super::server::service::end_session(&cx, session).await? {
        super::server::cookie::take_session(&cx);
        crate::platform::answer::go_to(crate::paths::HOME, "You are signed out.");
    } else {
        crate::platform::answer::go_to(crate::paths::PROFILE, "That browser is signed out.");
    }
    Ok(())
}

#[server(prefix = "/_fn", endpoint = "end_other_sessions")]
pub async fn end_other_sessions() -> Result<(), AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::end_other_sessions(&cx).await?;
    crate::platform::answer::go_to(crate::paths::PROFILE, "All other browsers are signed out.");
    Ok(())
}
