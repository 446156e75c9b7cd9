//! The one-time code of the first run: printed in the log of every instance, so that whoever finds a fresh installation
//! on the network cannot take it over. It lives in the database, because all instances ask for the same one.
use crate::{
    platform::{
        Services,
        db::{Tx, sql},
        token,
    },
    shared::AppError,
};
use subtle::ConstantTimeEq;

const NAME: &str = "setup-code";

/// The code of this installation, made on the first call.
pub async fn code(services: &Services) -> Result<String, AppError> {
    let mut tx = services.db.begin().await?;
    sql("INSERT INTO installation (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING")
        .bind(NAME)
        .bind(token::code(12))
        .run(&mut tx)
        .await?;
    let (code,): (String,) = sql("SELECT value FROM installation WHERE name = $1").bind(NAME).one(&mut tx).await?;
    tx.commit().await?;
    Ok(code)
}

/// Says the code in the log while it is needed.
pub async fn announce(services: &Services) -> Result<(), AppError> {
    if !super::service::is_set_up(&services.db).await? {
        let (code, link) = (code(services).await?, services.config.link(crate::paths::SETUP));
        tracing::info!("this studio is not set up yet: open {link} and use the code {code}");
    }
    Ok(())
}

/// Spaces, dashes and small letters don't matter; how long the comparison takes says nothing.
pub async fn fits(services: &Services, typed: &str) -> Result<bool, AppError> {
    let typed: String = typed.chars().filter(char::is_ascii_alphanumeric).take(64).collect::<String>().to_ascii_uppercase();
    Ok(code(services).await?.as_bytes().ct_eq(typed.as_bytes()).into())
}

/// Once the studio is open nobody needs the code any more.
pub async fn discard(tx: &mut Tx) -> Result<(), AppError> {
    sql("DELETE FROM installation WHERE name = $1").bind(NAME).run(tx).await.map(drop)
}
