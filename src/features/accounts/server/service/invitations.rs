use super::invite::send;
use crate::{
    features::{
        accounts::{
            OpenInvitation,
            server::{policy, store::links},
        },
        site::server::service as site,
    },
    platform::{
        RequestContext,
        clock::DAY,
        history::{self, Change},
        when,
    },
    shared::{AppError, LinkId},
};

/// An invitation that ran out stays in the list this long, so that it can be sent again.
const REMEMBERED: i64 = 30 * DAY;

/// The invitations to work here that nobody has accepted, the newest first.
pub async fn open_invitations(cx: &RequestContext) -> Result<Vec<OpenInvitation>, AppError> {
    policy::may_manage_people(&cx.actor)?;
    let zone = site::studio(&cx.db).await?.time_zone;
    let row = |open: links::OpenInvitation| OpenInvitation {
        id: open.id,
        email: open.email,
        role: open.role,
        inviter: open.inviter.unwrap_or_default(),
        sent: when::date(open.created_at, &zone),
        until: when::date(open.expires_at, &zone),
        is_over: open.expires_at <= cx.now(),
    };
    Ok(links::open_invitations(&cx.db, cx.now() - REMEMBERED).await?.into_iter().map(row).collect())
}

/// The letter's link opens nothing from now on.
pub async fn revoke_invitation(cx: &RequestContext, id: LinkId) -> Result<(), AppError> {
    policy::may_manage_people(&cx.actor)?;
    let mut tx = cx.db.begin().await?;
    let open = links::open_invitation(&mut tx, id).await?.ok_or(AppError::NotFound)?;
    links::withdraw_invitations(&mut tx, &crate::shared::email_key(&open.email), cx.now()).await?;
    let change = Change { entity: "invitation", id: id.to_string(), from: open.role.as_str(), to: "revoked", reason: "" };
    history::record(&mut tx, &cx.actor, cx.now(), change).await?;
    tx.commit().await
}

/// A new letter with a new link and a new week; the old link is over. Gives the address.
pub async fn send_invitation_again(cx: &RequestContext, id: LinkId) -> Result<String, AppError> {
    policy::may_manage_people(&cx.actor)?;
    let studio = site::studio(&cx.db).await?;
    let mut tx = cx.db.begin().await?;
    let open = links::open_invitation(&mut tx, id).await?.ok_or(AppError::NotFound)?;
    send(&mut tx, cx, &studio.name, &open.email, open.role).await?;
    tx.commit().await?;
    cx.bell.ring();
    Ok(open.email)
}
