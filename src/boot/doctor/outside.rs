//! The services of others that this studio uses: each is asked something that changes nothing.
use super::{Finding, note, trouble, well};
use crate::platform::{
    Services,
    clock::HOUR,
    db::sql,
    payment::{Stripe, stripe::Fault},
};

/// What waits, and whether the mail server lets us in: the line, its encryption, our name and password, and a word.
pub async fn mail(services: &Services) -> Vec<Finding> {
    let mut found = vec![];
    let stuck: Result<(i64,), _> = sql("SELECT COUNT(*) FROM mails WHERE state IN ('waiting', 'bounced', 'given_up') AND created_at < $1")
        .bind(services.clock.now() - HOUR)
        .one(&services.db)
        .await;
    match stuck {
        Ok((0,)) => {}
        Ok((count,)) => found.push(trouble(
            "mail",
            format!("{count} letters could not be sent for more than an hour: send them again, or lay them aside, in Admin, Mail"),
        )),
        Err(_) => found.push(trouble("mail", "the database could not be asked")),
    }
    if services.mail.is_folder() {
        let words = "EMAIL_HOST is not set: letters stay in the folder mail of the data folder";
        found.push(if services.config.production { trouble("mail", words) } else { note("mail", words) });
    } else if let Err(why) = services.mail.is_reachable().await {
        found.push(trouble("mail", format!("letters cannot leave: {why}")));
    }
    if found.is_empty() {
        found.push(well("mail", "nothing waits, and the mail server lets us in"));
    }
    found
}

pub async fn payment(services: &Services) -> Vec<Finding> {
    let mut found = vec![];
    if services.config.payment_sandbox {
        found.push(note("payment", "the sandbox is on: it moves no money"));
    }
    match &services.stripe {
        Some(stripe) => found.push(cards(stripe, services.config.production).await),
        None if found.is_empty() => found.push(well("payment", "by bank transfer and at the studio")),
        None => {}
    }
    found
}

async fn cards(stripe: &Stripe, production: bool) -> Finding {
    // that both keys are of one mode is seen when the settings are read
    let is_test = stripe.settings().is_test;
    match stripe.knock().await {
        Ok(Some(live)) if live == is_test => {
            trouble("payment", "Stripe answers in another mode than the keys say: take both keys from the same page")
        }
        Ok(_) if is_test && production => note("payment", "Stripe takes the keys; they are test keys: no money moves"),
        Ok(_) => well("payment", if is_test { "Stripe takes the keys, which are test keys" } else { "Stripe takes the keys" }),
        Err(Fault::Key) => trouble(
            "payment",
            "Stripe does not accept STRIPE_SECRET_KEY: make a new one, with leave to read and write payments and refunds",
        ),
        Err(Fault::Away) => trouble("payment", "Stripe does not answer: cards cannot be taken just now"),
        Err(fault) => trouble("payment", format!("Stripe does not answer as it should: {fault}")),
    }
}
