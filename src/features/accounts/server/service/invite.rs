use super::{
    make::{fresh, insert, record},
    session::{self, SignedIn, by_address, key_of},
};
use crate::{
    features::{
        accounts::{
            InvitationView, NewClient,
            server::{
                mails, password_rules, policy,
                store::{
                    links::{self, Link, NewLink, Purpose},
                    sessions, tokens,
                    users::{self, User},
                },
            },
        },
        site::server::service as site,
    },
    paths,
    platform::{
        RequestContext,
        clock::DAY,
        db::Tx,
        history::{self, Change},
        limits, mail, token,
    },
    shared::{AppError, Role, is_email, one_line},
};

/// The owner invites somebody to work here. The role travels with the link, not with the form that accepts it.
pub async fn invite_person(cx: &RequestContext, email: &str, role: Role) -> Result<(), AppError> {
    policy::may_manage_people(&cx.actor)?;
    let email = one_line(email);
    if !is_email(&email) {
        return Err(AppError::field("email", "write an e-mail address such as ada@example.com"));
    }
    if !policy::is_invitable(role) {
        return Err(AppError::field("role", "invite a photographer or crew"));
    }
    let studio = site::studio(&cx.db).await?;
    let mut tx = cx.db.begin().await?;
    send(&mut tx, cx, &studio.name, &email, role).await?;
    tx.commit().await?;
    cx.bell.ring();
    Ok(())
}

/// A new link in a new letter; those that the address had before are over.
pub(super) async fn send(tx: &mut Tx, cx: &RequestContext, studio: &str, email: &str, role: Role) -> Result<(), AppError> {
    match users::by_email(&mut *tx, &key_of(email)).await? {
        Some(user) if !user.is_active => {
            return Err(AppError::field("email", "this account is switched off; switch it on in the list below"));
        }
        Some(user) if policy::role_after(user.role, Some(role)) == user.role => {
            return Err(AppError::field("email", "this person has that role already"));
        }
        _ => {}
    }
    links::withdraw_invitations(tx, &key_of(email), cx.now()).await?;
    let reason = format!("{} invites you to work with {studio} as {}.", inviter(cx), role.title().to_lowercase());
    let (id, secret) = links::insert(tx, link_for(cx, email, Some(role), 7)).await?;
    mail::post(tx, cx, mails::invitation(&cx.config, studio, email, &reason, id, &paths::invitation(&secret))).await?;
    let change = Change { entity: "invitation", id: id.to_string(), from: "", to: role.as_str(), reason: "invited" };
    history::record(tx, &cx.actor, cx.now(), change).await
}

/// Tells an address that something waits for it, in the transaction of the gift. Who has no account gets an invitation
/// that becomes one; who has not yet shown that the address is theirs can do so by it; all others just get the news.
pub async fn invite_by_mail(tx: &mut Tx, cx: &RequestContext, email: &str, reason_line: &str) -> Result<(), AppError> {
    let email = one_line(email);
    let studio = site::studio_in(&mut *tx).await?;
    let user = users::by_email(&mut *tx, &key_of(&email)).await?;
    if user.as_ref().is_some_and(|user| !user.is_active) {
        return Ok(());
    }
    let (id, secret) = links::insert(tx, link_for(cx, &email, None, 60)).await?;
    let is_known = user.as_ref().is_some_and(|user| user.email_verified_at.is_some());
    let path = if is_known { paths::GALLERIES.to_string() } else { paths::invitation(&secret) };
    if is_known {
        // nobody was told this secret
        links::consume(tx, id, cx.now()).await?;
    }
    let to = user.map_or(email, |user| user.email);
    mail::post(tx, cx, mails::invitation(&cx.config, &studio.name, &to, reason_line, id, &path)).await
}

/// What the page behind the link shows.
pub async fn invitation(cx: &RequestContext, secret: &str) -> Result<InvitationView, AppError> {
    let link = links::find(&cx.db, Purpose::Invite, secret).await?.ok_or(AppError::NotFound)?;
    let user = users::by_email(&cx.db, &link.email_key).await?;
    Ok(InvitationView {
        studio: site::studio(&cx.db).await?.name,
        role: link.role.unwrap_or(Role::Client),
        is_over: link.is_over(cx.now()),
        is_me: user.as_ref().is_some_and(|user| cx.actor.user() == Some(user.id)),
        has_account: user.is_some(),
        email: link.email,
    })
}

/// Becomes an account, or, for somebody who is here already and signed in, the proof of their address (and their new
/// role, when the owner meant one). Gives the session of a new account or of a new role.
pub async fn accept_invitation(cx: &RequestContext, secret: &str, form: NewClient) -> Result<Option<SignedIn>, AppError> {
    let link = links::find(&cx.db, Purpose::Invite, secret).await?.ok_or(AppError::NotFound)?;
    if link.is_over(cx.now()) {
        return Err(over());
    }
    match users::by_email(&cx.db, &link.email_key).await? {
        Some(user) => join(cx, &link, user).await,
        None => arrive(cx, &link, form).await.map(Some),
    }
}

async fn join(cx: &RequestContext, link: &Link, user: User) -> Result<Option<SignedIn>, AppError> {
    if cx.actor.person()?.id != user.id {
        return Err(AppError::Conflict(format!("This invitation is for {}. Sign out, and sign in with that address.", link.email)));
    }
    let (now, role) = (cx.now(), policy::role_after(user.role, link.role));
    let mut tx = cx.db.begin().await?;
    use_up(&mut tx, link, now).await?;
    if users::prove_email(&mut tx, user.id, now).await? {
        record(&mut tx, &cx.actor, user.id, now, ("unproven", "proven", "accepted an invitation")).await?;
    }
    if role != user.role {
        users::set_role(&mut tx, user.id, role).await?;
        record(&mut tx, &cx.actor, user.id, now, (user.role.as_str(), role.as_str(), "accepted an invitation")).await?;
    }
    let signed_in = match &cx.client.session {
        // who may more than before gets a new secret for it; those of the old role are worth nothing any more
        Some(secret) if role != user.role => {
            let stay = sessions::stays(&mut tx, &token::hash(secret)).await?;
            sessions::end_all(&mut tx, user.id).await?;
            tokens::end_families(&mut tx, user.id, now).await?;
            Some(session::begin(&mut tx, cx, User { role, ..user }.person(), stay).await?)
        }
        _ => None,
    };
    tx.commit().await?;
    Ok(signed_in)
}

async fn arrive(cx: &RequestContext, link: &Link, form: NewClient) -> Result<SignedIn, AppError> {
    // the address is the link's, whatever the form says
    let form = NewClient { email: link.email.clone(), ..form };
    password_rules::check(&form.password, &form.password2, &form.name, &form.email, form.problems())?;
    limits::take_each(&cx.db, &cx.clock, &[by_address(cx, "sign_up")]).await?;
    let hash = cx.passwords.hash(&form.password).await?;
    let user = fresh(&form.name, &link.email, policy::role_after(Role::Client, link.role), hash, true, cx.now());
    let mut tx = cx.db.begin().await?;
    use_up(&mut tx, link, cx.now()).await?;
    insert(&mut tx, &cx.actor, &user, "accepted an invitation").await?;
    let signed_in = session::begin(&mut tx, cx, user.person(), false).await?;
    tx.commit().await?;
    Ok(signed_in)
}

async fn use_up(tx: &mut Tx, link: &Link, now: i64) -> Result<(), AppError> {
    if links::consume(tx, link.id, now).await? { Ok(()) } else { Err(over()) }
}

fn link_for<'a>(cx: &RequestContext, email: &'a str, role: Option<Role>, days: i64) -> NewLink<'a> {
    NewLink { purpose: Purpose::Invite, email, role, created_by: cx.actor.user(), now: cx.now(), lasts: days * DAY }
}

fn inviter(cx: &RequestContext) -> String {
    cx.actor.person().map_or_else(|_| "The studio".into(), |person| person.name.clone())
}

fn over() -> AppError {
    AppError::Conflict(
        "This invitation was used before or has run out. If you have an account, sign in; otherwise ask for a new invitation.".into(),
    )
}
