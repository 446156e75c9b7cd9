//! Tokens that people make for their programs: named, limited to what the program needs, shown once.
use super::tokens::Believed;
use crate::{
    features::{
        accounts::{
            ProgramRow,
            server::store::tokens::{self, NewToken},
        },
        site::server::service as site,
    },
    platform::{
        RequestContext, Services,
        clock::MINUTE,
        history::{self, Change},
        token, when,
    },
    shared::{AppError, Scope, TokenId, one_line},
};

/// Tells such a token from a signed one, and lets scanners of leaked secrets find it.
pub const PREFIX: &str = "pv_";
const MOST: i64 = 50;

pub(super) async fn believe(services: &Services, secret: &str) -> Result<Option<Believed>, AppError> {
    let Some(holder) = tokens::holder(&services.db, &token::hash(secret)).await? else { return Ok(None) };
    let now = services.clock.now();
    if holder.seen_at.is_none_or(|seen| now - seen >= 10 * MINUTE)
        && let Err(error) = tokens::touch_personal(&services.db, holder.token, now).await
    {
        tracing::warn!(%error, "a token's use could not be written down");
    }
    Ok(Some(Believed { scopes: scopes(&holder.scopes), me: holder.user.clone().into(), person: holder.user.person(), family: None }))
}

fn scopes(words: &str) -> Vec<Scope> {
    words.split(' ').filter_map(|word| word.parse().ok()).collect()
}

/// Gives the token's secret, which nobody sees again.
pub async fn make_token(cx: &RequestContext, name: &str, chosen: &[Scope]) -> Result<String, AppError> {
    let person = cx.actor.person()?.id;
    let name = one_line(name);
    let mut problems = vec![];
    if name.is_empty() || name.chars().count() > 80 {
        problems.push(("name", "say in at most 80 characters what the token is for"));
    }
    let words: Vec<&str> = Scope::for_programs().filter(|scope| chosen.contains(scope)).map(Scope::as_str).collect();
    if words.is_empty() {
        problems.push(("scopes", "choose what the program may do"));
    }
    AppError::invalid_if(problems)?;
    let (id, secret) = (TokenId::new(), format!("{PREFIX}{}", token::fresh().secret));
    let mut tx = cx.db.begin().await?;
    if tokens::count_personal(&mut tx, person).await? >= MOST {
        return Err(AppError::Conflict(format!("You have {MOST} tokens, which is all you can have. Revoke some first.")));
    }
    let new = NewToken { id, user: person, name: &name, hash: &token::hash(&secret), scopes: &words.join(" "), now: cx.now() };
    tokens::insert_personal(&mut tx, new).await?;
    let change = Change { entity: "token", id: id.to_string(), from: "", to: "active", reason: &words.join(" ") };
    history::record(&mut tx, &cx.actor, cx.now(), change).await?;
    tx.commit().await?;
    Ok(secret)
}

/// It counts for nothing from the next request on.
pub async fn revoke_token(cx: &RequestContext, id: TokenId) -> Result<(), AppError> {
    let person = cx.actor.person()?.id;
    let mut tx = cx.db.begin().await?;
    if !tokens::delete_personal(&mut tx, person, id).await? {
        return Err(AppError::NotFound);
    }
    let change = Change { entity: "token", id: id.to_string(), from: "active", to: "revoked", reason: "" };
    history::record(&mut tx, &cx.actor, cx.now(), change).await?;
    tx.commit().await
}

pub async fn programs(cx: &RequestContext) -> Result<Vec<ProgramRow>, AppError> {
    let person = cx.actor.person()?.id;
    let zone = site::studio(&cx.db).await?.time_zone;
    let row = |row: tokens::PersonalToken| ProgramRow {
        id: row.id,
        name: row.name,
        scopes: scopes(&row.scopes),
        since: when::date(row.created_at, &zone),
        seen: row.seen_at.map(|at| when::date_time(at, &zone)),
    };
    Ok(tokens::personal_of(&cx.db, person).await?.into_iter().map(row).collect())
}
