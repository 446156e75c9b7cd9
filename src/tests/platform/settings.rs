use photovault::platform::config::SETTINGS;
use std::{fs, path::Path};

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

/// The README's table has a row for each setting.
#[test]
fn the_readme_names_every_setting() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    for setting in SETTINGS {
        assert!(text.contains(&format!("`{}`", setting.name)), "{}", setting.name);
    }
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
