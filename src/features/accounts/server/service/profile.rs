use super::make::record;
use crate::{
    features::{
        accounts::{
            Profile, SessionRow,
            server::{
                mails, password_rules,
                store::{
                    links::{self, Purpose},
                    sessions, tokens, users,
                },
            },
            types::named,
        },
        site::server::service as site,
    },
    platform::{RequestContext, clock::MINUTE, limits, mail, token, when},
    shared::{AppError, FamilyId, MailId, SessionId, email_key, one_line},
};

pub async fn profile(cx: &RequestContext) -> Result<Profile, AppError> {
    let person = cx.actor.person()?;
    let zone = site::studio(&cx.db).await?.time_zone;
    let own = own_session(cx);
    let sessions = sessions::of_person(&cx.db, person.id, cx.now(), cx.config.session_idle).await?;
    let row = |session: sessions::Session| SessionRow {
        id: session.id,
        device: device(&session.agent),
        since: when::date_time(session.created_at, &zone),
        seen: when::date_time(session.seen_at, &zone),
        is_this: own.as_ref() == Some(&session.token_hash),
    };
    let of_program = |family: tokens::Family| SessionRow {
        id: SessionId(family.id.0),
        device: program(&family.agent),
        since: when::date_time(family.created_at, &zone),
        seen: when::date_time(family.seen_at, &zone),
        is_this: false,
    };
    let families = tokens::families_of(&cx.db, person.id, cx.now()).await?;
    Ok(Profile {
        name: person.name.clone(),
        email: person.email.clone(),
        role: person.role,
        is_proven: person.proven_email.is_some(),
        sessions: sessions.into_iter().map(row).chain(families.into_iter().map(of_program)).collect(),
        programs: super::programs::programs(cx).await?,
    })
}

/// The name is the only thing about themselves that people change by a plain form; role and address are not in it.
pub async fn change_profile(cx: &RequestContext, name: &str) -> Result<(), AppError> {
    let person = cx.actor.person()?;
    AppError::invalid_if(named(name))?;
    let name = one_line(name);
    let mut tx = cx.db.begin().await?;
    users::rename(&mut tx, person.id, &name).await?;
    record(&mut tx, &cx.actor, person.id, cx.now(), ("", "", "changed the name")).await?;
    tx.commit().await
}

/// Asks for the old password. Every other browser and every program is signed out; this browser stays.
pub async fn change_password(cx: &RequestContext, old: &str, password: &str, again: &str) -> Result<(), AppError> {
    let person = cx.actor.person()?;
    password_rules::refuse_endless(old, "old_password")?;
    password_rules::check(password, again, &person.name, &person.email, vec![])?;
    limits::take(&cx.db, &cx.clock, &format!("old_password:{}", person.id), 10, 15 * MINUTE).await?;
    let user = users::by_id(&cx.db, person.id).await?.ok_or(AppError::NotFound)?;
    if !cx.passwords.verify(old, user.password_hash.as_deref()).await? {
        return Err(AppError::field("old_password", "this is not your password"));
    }
    let hash = cx.passwords.hash(password).await?;
    let studio = site::studio(&cx.db).await?;
    let mut tx = cx.db.begin().await?;
    users::set_password(&mut tx, person.id, &hash).await?;
    sessions::end_others(&mut tx, person.id, &own_session(cx).unwrap_or_default()).await?;
    tokens::end_all(&mut tx, person.id, cx.now()).await?;
    links::consume_all(&mut tx, Purpose::Reset, &email_key(&person.email), cx.now()).await?;
    record(&mut tx, &cx.actor, person.id, cx.now(), ("", "new password", "with the old one")).await?;
    mail::post(&mut tx, cx, mails::password_changed(&cx.config, &studio.name, &user, MailId::new())).await?;
    tx.commit().await?;
    cx.bell.ring();
    Ok(())
}

/// Ends one of the person's own sessions, or what a program of theirs got by signing in; says whether it was the one that asks.
pub async fn end_session(cx: &RequestContext, session: SessionId) -> Result<bool, AppError> {
    let person = cx.actor.person()?;
    let own = sessions::of_person(&cx.db, person.id, cx.now(), cx.config.session_idle).await?;
    let is_this = own.iter().any(|row| row.id == session && Some(&row.token_hash) == own_session(cx).as_ref());
    let mut tx = cx.db.begin().await?;
    if !sessions::end(&mut tx, person.id, session).await? && !tokens::end_family(&mut tx, person.id, FamilyId(session.0), cx.now()).await? {
        return Err(AppError::NotFound);
    }
    tx.commit().await?;
    Ok(is_this)
}

pub async fn end_other_sessions(cx: &RequestContext) -> Result<u64, AppError> {
    let person = cx.actor.person()?;
    let mut tx = cx.db.begin().await?;
    let browsers = sessions::end_others(&mut tx, person.id, &own_session(cx).unwrap_or_default()).await?;
    let programs = tokens::end_families(&mut tx, person.id, cx.now()).await?;
    tx.commit().await?;
    Ok(browsers + programs)
}

fn own_session(cx: &RequestContext) -> Option<Vec<u8>> {
    cx.client.session.as_deref().map(token::hash)
}

/// A browser's own description in a few words; a guess, and only for recognising one's devices.
fn device(agent: &str) -> String {
    let first = |known: &[(&str, &'static str)]| known.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name);
    // the order matters: nearly every browser also calls itself Safari and Chrome
    let browser = first(&[
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("CriOS/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = first(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS", "Mac"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(one), None) | (None, Some(one)) => one.into(),
        (None, None) => "A browser".into(),
    }
}

/// A program that signed in, by the name that it gives itself.
fn program(agent: &str) -> String {
    let first = agent.split(['/', ' ']).next().unwrap_or_default();
    match device(agent) {
        plain if plain != "A browser" => format!("A program ({plain})"),
        _ if first.is_empty() => "A program".into(),
        _ => format!("A program ({first})"),
    }
}

#[cfg(test)]
mod tests {
    use super::{device, program};

    #[test]
    fn a_program_is_known_by_the_name_that_it_gives_itself() {
        assert_eq!(program("curl/8.5.0"), "A program (curl)");
        assert_eq!(program(""), "A program");
    }

    #[test]
    fn a_device_is_named_as_its_owner_would() {
        for (agent, name) in [
            ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
                "Safari on iPhone",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36 Edg/130.0",
                "Edge on Windows",
            ),
            ("curl/8", "A browser"),
        ] {
            assert_eq!(device(agent), name);
        }
    }
}
