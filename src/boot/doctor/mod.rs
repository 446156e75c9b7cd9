//! `photovault doctor`: looks at everything that an installation needs, and says what is not well and what to do.
mod files;
mod house;
mod outside;

use super::{command::settings, open_services_at};
use crate::platform::{Services, log};
use serde::Serialize;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    Well,
    /// Worth knowing, nothing to do.
    Note,
    Trouble,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    pub about: &'static str,
    pub level: Level,
    pub words: String,
}

#[derive(Clone, Copy, Debug, Default)]
pub struct Visit {
    /// Only looks whether originals are there, instead of reading them.
    pub quick: bool,
    /// Asks for what can be made again.
    pub repair: bool,
}

pub(crate) fn well(about: &'static str, words: impl Into<String>) -> Finding {
    Finding { about, level: Level::Well, words: words.into() }
}

pub(crate) fn note(about: &'static str, words: impl Into<String>) -> Finding {
    Finding { about, level: Level::Note, words: words.into() }
}

pub(crate) fn trouble(about: &'static str, words: impl Into<String>) -> Finding {
    Finding { about, level: Level::Trouble, words: words.into() }
}

pub async fn examine(services: &Services, visit: Visit) -> Vec<Finding> {
    let mut all = house::settings(services);
    let database = house::database(services).await;
    let answers = database.iter().all(|finding| finding.level != Level::Trouble);
    all.extend(database);
    if answers {
        all.extend(house::clock(services).await);
        all.extend(house::work(services).await);
        all.extend(outside::mail(services).await);
    }
    all.extend(outside::payment(services).await);
    let storage = house::storage(services).await;
    let open = storage.level != Level::Trouble;
    all.push(storage);
    if answers && open {
        all.extend(files::originals(services, visit).await);
        all.extend(files::images(services, visit).await);
        all.extend(files::pictures(services, visit).await);
        all.extend(files::orphans(services).await);
    }
    all
}

/// The command: prints what was found; something to do is a failure, so that a timer can tell.
pub async fn visit(flags: &[&str]) -> Result<(), String> {
    if let Some(unknown) = flags.iter().find(|flag| !["--json", "--quick", "--repair"].contains(flag)) {
        return Err(format!("doctor knows no {unknown}"));
    }
    let (config, _) = settings()?;
    log::start("off", false);
    let services = open_services_at(config, None).await?;
    let visit = Visit { quick: flags.contains(&"--quick"), repair: flags.contains(&"--repair") };
    let found = examine(&services, visit).await;
    if flags.contains(&"--json") {
        println!("{}", serde_json::to_string_pretty(&found).map_err(|e| e.to_string())?);
    } else {
        for finding in &found {
            let mark = match finding.level {
                Level::Well => "ok      ",
                Level::Note => "note    ",
                Level::Trouble => "TROUBLE ",
            };
            println!("{mark} {:<9} {}", finding.about, finding.words);
        }
    }
    match found.iter().filter(|finding| finding.level == Level::Trouble).count() {
        0 => Ok(()),
        1 => Err("one thing needs you".into()),
        count => Err(format!("{count} things need you")),
    }
}
