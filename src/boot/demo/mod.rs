//! The demo studio: people, galleries, photographs and orders, made through the same verbs that people use, so that
//! whoever tries PhotoVault sees what it really does.
mod crowd;
mod galleries;
mod people;
mod pictures;
mod sales;
mod studio;

use super::handlers;
use crate::{
    platform::{RequestContext, Services, jobs, token},
    shared::AppError,
};
use people::People;
use std::{fs, path::PathBuf, sync::Arc};

/// Fills an empty installation and prints who may sign in. Takes about half a minute: sixty photographs are painted,
/// uploaded and prepared.
pub async fn fill(services: &Arc<Services>) -> Result<(), String> {
    println!("Painting the demo studio's photographs; this takes about half a minute.");
    let password = in_one_go(services, None).await?;
    println!("The demo studio is ready. Sign in with the password {password} as");
    for email in people::SIGN_INS {
        println!("  {email}");
    }
    Ok(())
}

/// The demo's people and one large gallery, for the benchmarks.
pub async fn fill_with_crowd(services: &Arc<Services>, photos: usize) -> Result<(), String> {
    in_one_go(services, Some(photos)).await.map(|_| ())
}

async fn in_one_go(services: &Arc<Services>, crowd: Option<usize>) -> Result<String, String> {
    fs::write(unfinished(services), "").map_err(|e| format!("the data folder cannot be written: {e}"))?;
    let password = match services.config.demo_password.as_str() {
        "" => token::code(12),
        chosen => chosen.into(),
    };
    make(services, &password, crowd).await.map_err(|error| error.in_one_line())?;
    fs::remove_file(unfinished(services)).map_err(|e| format!("the data folder cannot be written: {e}"))?;
    Ok(password)
}

/// A demo that was interrupted half-way is no studio to show.
pub fn refuse_half_a_demo(services: &Services) -> Result<(), String> {
    if unfinished(services).exists() {
        return Err(format!(
            "the demo was interrupted while it was made: remove the folder {} and start again",
            services.config.data.display()
        ));
    }
    Ok(())
}

fn unfinished(services: &Services) -> PathBuf {
    services.config.data.join("demo-unfinished")
}

async fn make(services: &Arc<Services>, password: &str, crowd: Option<usize>) -> Result<(), AppError> {
    let system = RequestContext::system(services.clone());
    studio::open(&system).await?;
    let people = People::make(&system, password).await?;
    studio::describe(&people.owner).await?;
    if let Some(photos) = crowd {
        return crowd::hang(services, &people, photos).await;
    }
    let hung = galleries::hang(&people).await?;
    // two at a time: while one photograph's files are written, the next one is decoded
    let all = handlers::handlers();
    tokio::try_join!(jobs::run_due(services, &all), jobs::run_due(services, &all))?;
    galleries::open(&people, &hung).await?;
    sales::sell(&people, &hung).await?;
    jobs::run_due(services, &all).await?;
    Ok(())
}
