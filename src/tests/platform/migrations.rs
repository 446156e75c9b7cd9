use std::{fs, path::Path};

/// The two folders hold the same statements; only the names of two types differ.
#[test]
fn both_engines_have_the_same_tables() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let names = |engine: &str| {
        let mut all: Vec<_> = fs::read_dir(root.join(engine)).unwrap().map(|e| e.unwrap().file_name()).collect();
        all.sort();
        all
    };
    assert_eq!(names("sqlite"), names("postgres"));
    for name in names("postgres") {
        let statements = |engine: &str| -> String {
            let text = fs::read_to_string(root.join(engine).join(&name)).unwrap();
            text.lines().filter(|line| !line.trim_start().starts_with("--")).collect::<Vec<_>>().join("\n")
        };
        let as_sqlite = statements("postgres")
            .split_inclusive(|c: char| !c.is_alphanumeric())
            .map(|word| word.replace("UUID", "BLOB").replace("BYTEA", "BLOB"))
            .collect::<String>();
        assert_eq!(statements("sqlite"), as_sqlite, "{name:?}");
    }
}
