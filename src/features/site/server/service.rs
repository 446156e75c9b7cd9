use super::{policy, store};
use crate::{
    features::site::{NewMessage, Opening, Settings, SettingsView, Studio, StudioWords},
    platform::{
        Clock, RequestContext, Services,
        clock::HOUR,
        db::{Db, Tx},
        history::{self, Change},
        jobs, limits, when,
    },
    shared::{AppError, Currency, MessageId, Problem, one_line, tidy},
};

/// Before the first run this is a nameless studio with plain defaults.
pub async fn studio(db: &Db) -> Result<Studio, AppError> {
    Ok(store::studio(db).await?.unwrap_or_else(store::unopened))
}

/// The part of the studio that everybody may read.
pub async fn words(db: &Db) -> Result<StudioWords, AppError> {
    studio(db).await.map(StudioWords::from)
}

pub async fn studio_in(tx: &mut Tx) -> Result<Studio, AppError> {
    Ok(store::studio(tx).await?.unwrap_or_else(store::unopened))
}

pub async fn is_set_up(db: &Db) -> Result<bool, AppError> {
    Ok(store::studio(db).await?.is_some())
}

/// Makes the studio, in the transaction that makes its owner. Who may do this was decided by the one-time code (or by
/// the command line); a studio that is open already stays as it is.
pub async fn open(tx: &mut Tx, clock: &Clock, opening: &Opening) -> Result<(), AppError> {
    let (time_zone, currency) = place_and_money(opening.problems(), &opening.time_zone, &opening.currency)?;
    let name = one_line(&opening.name);
    let studio = Studio { watermark_text: name.chars().take(60).collect(), name, time_zone, currency, ..store::unopened() };
    if !store::insert_studio(tx, &studio, clock.now()).await? {
        return Err(AppError::Conflict("This studio is set up already. Sign in instead.".into()));
    }
    Ok(())
}

/// Everything that is wrong with an opening, for a form that has more in it.
pub fn problems_of(opening: &Opening) -> Result<Vec<Problem>, AppError> {
    match place_and_money(opening.problems(), &opening.time_zone, &opening.currency) {
        Ok(_) => Ok(vec![]),
        Err(AppError::Invalid(problems)) => Ok(problems),
        Err(other) => Err(other),
    }
}

pub async fn settings(cx: &RequestContext) -> Result<SettingsView, AppError> {
    policy::may_see_settings(&cx.actor)?;
    Ok(SettingsView { studio: studio(&cx.db).await?, is_mine: cx.actor.is_owner(), zones: when::zones() })
}

pub async fn change_settings(cx: &RequestContext, settings: Settings) -> Result<(), AppError> {
    policy::may_change_settings(&cx.actor)?;
    let (time_zone, currency) = place_and_money(settings.problems(), &settings.time_zone, &settings.currency)?;
    let mut tx = cx.db.begin().await?;
    store::lock_studio(&mut tx).await?;
    let old = store::studio(&mut tx).await?.ok_or(AppError::NotFound)?;
    if old.currency_fixed && old.currency != currency {
        return Err(AppError::field("currency", "prices or orders exist in the old currency, so it stays"));
    }
    let mut new = Studio {
        name: one_line(&settings.name),
        tagline: one_line(&settings.tagline),
        about: tidy(&settings.about),
        services: tidy(&settings.services),
        time_zone,
        currency,
        payment_instructions: tidy(&settings.payment_instructions),
        invoice_details: tidy(&settings.invoice_details),
        watermark_text: one_line(&settings.watermark_text),
        watermark_style: settings.watermark_style.parse()?,
        watermark_opacity: settings.opacity().ok_or(AppError::BadRequest)?,
        contact_email: one_line(&settings.contact_email),
        ..old.clone()
    };
    let mark = |studio: &Studio| (studio.watermark_text.clone(), studio.watermark_style, studio.watermark_opacity);
    let remark = mark(&old) != mark(&new);
    if remark {
        // the pictures are made again by those who keep them; until then the old revision is never served
        new.watermark_rev += 1;
        jobs::enqueue(&mut tx, &cx.clock, jobs::Job::new("remark_all", new.watermark_rev)).await?;
    }
    store::update_studio(&mut tx, &new).await?;
    let reason = if remark { "settings with the watermark" } else { "settings" };
    history::record(&mut tx, &cx.actor, cx.now(), Change { entity: "studio", id: "1".into(), from: "open", to: "open", reason }).await?;
    tx.commit().await?;
    cx.bell.ring();
    Ok(())
}

/// Told by whoever stores an amount of money: from now on the currency stays.
pub async fn fix_currency(tx: &mut Tx) -> Result<(), AppError> {
    store::fix_currency(tx).await
}

/// Anybody may write to the studio. The message is kept here; the letters to the owners are written by those who know them.
pub async fn send_message(cx: &RequestContext, message: NewMessage) -> Result<(), AppError> {
    AppError::invalid_if(message.problems())?;
    limits::take(&cx.db, &cx.clock, &format!("contact:{}", cx.address_bucket()), 5, HOUR).await?;
    let id = MessageId::new();
    // what somebody confides to the studio is for its owners
    let sealed = cx.seal.close(&place(id), &tidy(&message.message))?;
    let mut tx = cx.db.begin().await?;
    store::insert_message(&mut tx, id, &message, sealed, cx.now()).await?;
    jobs::enqueue(&mut tx, &cx.clock, jobs::Job::new("forward_message", id).urgent()).await?;
    tx.commit().await?;
    cx.bell.ring();
    Ok(())
}

/// For the letters that carry it to the owners.
pub async fn message(services: &Services, id: MessageId) -> Result<Option<super::Message>, AppError> {
    Ok(store::message(&services.db, id).await?.map(|message| opened(services, message)))
}

/// For showing what such a letter looks like.
pub async fn latest_message(services: &Services) -> Result<Option<super::Message>, AppError> {
    Ok(store::latest_message(&services.db).await?.map(|message| opened(services, message)))
}

fn opened(services: &Services, message: super::Message) -> super::Message {
    let words = services.seal.open(&place(message.id), &message.message);
    super::Message { message: words.unwrap_or_else(|| "(This message was sealed with a key that is not here any more.)".into()), ..message }
}

fn place(id: MessageId) -> String {
    format!("contact_messages/{id}")
}

/// All that is wrong with a form that has a time zone and a currency, at once.
fn place_and_money(problems: Vec<(&'static str, &'static str)>, time_zone: &str, currency: &str) -> Result<(String, Currency), AppError> {
    let mut all: Vec<Problem> =
        problems.into_iter().map(|(field, message)| Problem { field: field.into(), message: message.into() }).collect();
    let zone = time_zone.trim();
    if !when::is_zone(zone) {
        all.push(Problem { field: "time_zone".into(), message: "use a name such as Europe/Berlin".into() });
    }
    match currency.parse::<Currency>() {
        Ok(currency) if all.is_empty() => return Ok((zone.into(), currency)),
        Ok(_) => {}
        Err(AppError::Invalid(more)) => all.extend(more),
        Err(other) => return Err(other),
    }
    Err(AppError::Invalid(all))
}
