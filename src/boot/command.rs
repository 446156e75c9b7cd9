use super::{demo, doctor, open_services, serve, upkeep};
use crate::{
    features::{accounts, site},
    platform::{Services, config::Config, log},
};
use std::{collections::BTreeMap, io::BufRead, process::ExitCode, sync::Arc};

const HELP: &str = "photovault serve                                     serves the studio (the default)
photovault migrate                                   brings the database up to date and ends
photovault demo                                      fills an empty data folder with the demo studio
photovault demo --photos N                           fills it with one gallery of N photographs, for benchmarks
photovault admin create --email E --name N           creates an owner; the password is read from standard input. Opens the
  [--studio S] [--time-zone Z] [--currency C]        studio too where none is open yet, under this name
photovault backup DIR [--keep N]                     saves everything into the folder, also while the studio is open
photovault restore DIR [--snapshot NAME]             brings the newest (or the named) snapshot into an empty studio
photovault health                                    whether the program that listens here is ready; for containers
photovault doctor [--json] [--quick] [--repair]      looks whether everything is well; --quick leaves the bytes unread
photovault storage move --to s3|local                moves all files to where USE_S3 says new ones go
Settings: Leptos.toml and the environment; see .env.example.";

/// Runs one command of the program. Whatever is wrong is one line on standard error and a non-zero exit.
pub async fn command(args: Vec<String>) -> ExitCode {
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        [] | ["serve"] => run_server().await,
        ["migrate"] => world().await.map(|_| println!("The database is up to date.")),
        ["demo"] => fill_demo(None).await,
        ["demo", "--photos", count] => match count.parse() {
            Ok(count) => fill_demo(Some(count)).await,
            Err(_) => Err("--photos needs a number".into()),
        },
        ["admin", "create", rest @ ..] => create_owner(rest).await,
        ["backup", folder] => upkeep::back_up(folder, None).await,
        ["backup", folder, "--keep", count] => match count.parse() {
            Ok(count) => upkeep::back_up(folder, Some(count)).await,
            Err(_) => Err("--keep needs a number".into()),
        },
        ["restore", folder] => upkeep::restore(folder, None).await,
        ["restore", folder, "--snapshot", name] => upkeep::restore(folder, Some(name)).await,
        ["health"] => upkeep::health().await,
        ["doctor", flags @ ..] => doctor::visit(flags).await,
        ["storage", "move", "--to", side] => upkeep::move_files(side).await,
        ["help" | "--help" | "-h"] => {
            println!("{HELP}");
            Ok(())
        }
        _ => Err(format!("unknown command\n{HELP}")),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("photovault: {reason}");
            ExitCode::FAILURE
        }
    }
}

/// The listening address: the environment, then Leptos.toml, then this machine only.
pub struct Place {
    pub address: String,
    pub site_root: String,
}

pub(super) fn settings() -> Result<(Config, Place), String> {
    let file = match std::fs::read_to_string("Leptos.toml") {
        Ok(text) => text,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(e) => return Err(format!("Leptos.toml cannot be read: {e}")),
    };
    let env: BTreeMap<String, String> =
        std::env::vars_os().filter_map(|(k, v)| Some((k.into_string().ok()?, v.into_string().ok()?))).collect();
    let table: toml::Table = file.parse().map_err(|e| format!("Leptos.toml cannot be read: {e}").replace('\n', " "))?;
    let leptos = |key: &str| {
        let section = table.get("package").and_then(|p| p.get("metadata")).and_then(|m| m.get("leptos"));
        section.and_then(|s| s.get(key)).and_then(toml::Value::as_str).map(str::to_string)
    };
    let pick = |name: &str, key: &str, default: &str| env.get(name).cloned().or_else(|| leptos(key)).unwrap_or_else(|| default.into());
    let place = Place {
        address: pick("LEPTOS_SITE_ADDR", "site-addr", "127.0.0.1:3000"),
        site_root: pick("LEPTOS_SITE_ROOT", "site-root", "target/site"),
    };
    let config = Config::read(&file, &env, &place.address).map_err(|e| e.to_string())?;
    Ok((config, place))
}

pub(super) async fn world() -> Result<(Arc<Services>, Place), String> {
    let (config, place) = settings()?;
    log::start(&config.log, config.log_json);
    let services = open_services(config).await?;
    demo::refuse_half_a_demo(&services)?;
    Ok((services, place))
}

async fn run_server() -> Result<(), String> {
    let (services, place) = world().await?;
    if services.config.demo && !site::server::service::is_set_up(&services.db).await.map_err(|e| e.to_string())? {
        demo::fill(&services).await?;
    }
    let listening = serve(services, &place.address, &place.site_root).await?;
    println!("PhotoVault is ready at http://{}", listening.address);
    stop_signal().await;
    tracing::info!("finishing what runs, taking nothing new");
    listening.stop().await;
    Ok(())
}

async fn fill_demo(crowd: Option<usize>) -> Result<(), String> {
    let (config, _) = settings()?;
    log::start(&config.log, config.log_json);
    if config.production {
        return Err("the demo must be off when PRODUCTION is 1".into());
    }
    // some of its orders are paid
    let services = open_services(Config { payment_sandbox: true, ..config }).await?;
    demo::refuse_half_a_demo(&services)?;
    if site::server::service::is_set_up(&services.db).await.map_err(|e| e.to_string())? {
        return Err("this data folder holds a studio already; the demo needs an empty one".into());
    }
    match crowd {
        None => demo::fill(&services).await,
        Some(photos) => demo::fill_with_crowd(&services, photos).await,
    }
}

async fn create_owner(rest: &[&str]) -> Result<(), String> {
    let flags = flags(rest, &["--email", "--name", "--studio", "--time-zone", "--currency"])?;
    let value = |flag: &str| flags.get(flag).map(|value| value.to_string());
    let (Some(email), Some(name)) = (value("--email"), value("--name")) else {
        return Err(format!("admin create needs --email and --name\n{HELP}"));
    };
    let (services, _) = world().await?;
    let is_open = site::server::service::is_set_up(&services.db).await.map_err(|e| e.in_one_line())?;
    let opening = site::Opening {
        name: value("--studio").unwrap_or_else(|| name.clone()),
        time_zone: value("--time-zone").unwrap_or_else(|| "UTC".into()),
        currency: value("--currency").unwrap_or_else(|| "EUR".into()),
    };
    eprintln!("Password (at least 10 characters):");
    let mut password = String::new();
    std::io::stdin().lock().read_line(&mut password).map_err(|e| e.to_string())?;
    let password = password.trim_end_matches(['\r', '\n']);
    accounts::server::service::create_owner(&services, &name, &email, password, &opening).await.map_err(|e| e.in_one_line())?;
    if !is_open {
        let site::Opening { name, time_zone, currency } = opening;
        println!("The studio \"{name}\" is open, in {currency} and the time of {time_zone}; all three can be changed in its settings.");
    }
    println!("{email} may sign in as an owner.");
    Ok(())
}

/// `--name value` pairs, each of a known name.
fn flags<'a>(words: &[&'a str], known: &[&str]) -> Result<BTreeMap<&'a str, &'a str>, String> {
    let pair = |pair: &[&'a str]| match pair {
        [flag, value] if known.contains(flag) => Ok((*flag, *value)),
        [flag, ..] if known.contains(flag) => Err(format!("{flag} needs a value")),
        other => Err(format!("there is no {}; known are {}", other.join(" "), known.join(", "))),
    };
    words.chunks(2).map(pair).collect()
}

async fn stop_signal() {
    let interrupt = tokio::signal::ctrl_c();
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! { _ = interrupt => {}, _ = terminate.recv() => {} }
        }
        Err(_) => drop(interrupt.await),
    }
}
