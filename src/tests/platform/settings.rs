use photovault::platform::config::SETTINGS;
use std::{collections::BTreeMap, fs, path::Path, process::Command};

/// `.env.example` names every setting with its default, and nothing else.
#[test]
fn the_example_of_the_environment_is_in_step_with_the_code() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(".env.example")).unwrap();
    let mut named: Vec<(String, String)> = text
        .lines()
        .map(|line| line.trim_start_matches(['#', ' ']))
        .filter_map(|line| line.split_once('='))
        .filter(|(name, _)| !name.is_empty() && name.chars().all(|c| c.is_ascii_uppercase() || c == '_' || c.is_ascii_digit()))
        .filter(|(name, _)| !name.starts_with("LEPTOS_"))
        .map(|(name, value)| (name.to_string(), value.trim_matches('"').to_string()))
        .collect();
    named.sort();
    let mut known: Vec<(String, String)> = SETTINGS.iter().map(|s| (s.name.to_string(), s.default.to_string())).collect();
    known.sort();
    assert_eq!(named, known);
}

/// What stands under `[photovault]` in Leptos.toml, made live, is every setting with its default.
#[test]
fn the_file_of_settings_names_every_one_with_its_default() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Leptos.toml")).unwrap();
    let (_, ours) = text.split_once("[photovault]\n").unwrap();
    let live: String = ours.lines().map(|line| format!("{}\n", line.trim_start_matches("# "))).collect();
    let table: toml::Table = live.parse().unwrap();
    let named: BTreeMap<String, String> = table
        .into_iter()
        .map(|(key, value)| (key.to_uppercase(), value.as_str().map_or_else(|| value.to_string(), str::to_string)))
        .collect();
    let known: BTreeMap<String, String> = SETTINGS.iter().map(|s| (s.name.to_string(), s.default.to_string())).collect();
    assert_eq!(named, known);
}

/// A studio in containers can set everything but what is for trying things out, and what the image says itself.
#[test]
fn the_compose_file_passes_every_setting_on() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("compose.yaml")).unwrap();
    let left_out = [
        "PHOTOVAULT_DATA",
        "PHOTOVAULT_DEMO",
        "PHOTOVAULT_DEMO_PASSWORD",
        "PAYMENT_SANDBOX",
        "STRIPE_API_BASE",
        "STRIPE_JS_URL",
        "LOG_FORMAT",
    ];
    for setting in SETTINGS.iter().filter(|setting| !left_out.contains(&setting.name)) {
        let line = text.lines().find(|line| line.trim_start().starts_with(&format!("{}:", setting.name)));
        let line = line.unwrap_or_else(|| panic!("{} is not passed on", setting.name));
        if let Some((_, default)) = line.split_once(":-") {
            assert_eq!(default.trim_end_matches('}'), setting.default, "{}", setting.name);
        }
    }
}

/// The README's table has a row for each setting.
#[test]
fn the_readme_names_every_setting() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    for setting in SETTINGS {
        assert!(text.contains(&format!("`{}`", setting.name)), "{}", setting.name);
    }
}

/// `make run` takes every setting from the file.
#[test]
fn a_setting_in_the_env_file_reaches_the_program_whatever_its_name() {
    let script = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(".ci/run.sh")).unwrap();
    let begin = script.find("if [ -f .env ]").unwrap();
    let end = begin + script[begin..].find("\nfi\n").unwrap() + "\nfi\n".len();
    let folder = tempfile::tempdir().unwrap();
    let lines: Vec<String> = SETTINGS.iter().map(|setting| format!("{}=\"a {0}\"", setting.name)).collect();
    fs::write(folder.path().join(".env"), format!("# words\n{}\nPRODUCTION=later", lines.join("\n"))).unwrap();
    let mut taken = Command::new("/bin/bash");
    taken.args(["-euc", &format!("{}env", &script[begin..end])]).current_dir(folder.path());
    let taken = taken.env_clear().env("PATH", "/usr/bin:/bin").env("RUST_LOG", "mine").output().unwrap();
    let taken = String::from_utf8(taken.stdout).unwrap();
    for setting in SETTINGS.iter().filter(|setting| setting.name != "RUST_LOG") {
        assert!(taken.lines().any(|line| line == format!("{}=a {0}", setting.name)), "{} in {taken}", setting.name);
    }
    assert!(taken.lines().any(|line| line == "RUST_LOG=mine"), "what the environment says already wins");
}

/// What lies beside the code and is needed to build it reaches the image's build, too.
#[test]
fn the_image_is_built_from_everything_that_the_build_reads() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let taken = fs::read_to_string(root.join(".dockerignore")).unwrap();
    for entry in fs::read_dir(root).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if name.ends_with(".toml")
            || ["Cargo.lock", "Makefile", "src", "style", "public", "migrations", ".ci", ".cargo"].contains(&name.as_str())
        {
            assert!(taken.lines().any(|line| line == format!("!{name}")), ".dockerignore leaves {name} out");
        }
    }
}
