//! The program's commands, as somebody at a terminal meets them.
use crate::support::{World, worlds};
use photovault::{
    features::{
        accounts::server::service::sign_in,
        site::server::{
            service::{is_set_up, studio},
            setup_code,
        },
    },
    platform::db::sql,
    shared::{AppError, Role},
};
use std::{
    io::Write,
    process::{Command, Stdio},
};

const PASSWORD: &str = "correct horse battery";

/// What the command said on both channels, and whether it was content.
fn create_owner(world: &World, flags: &[&str], password: &str) -> (bool, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_photovault"));
    command.args(["admin", "create"]).args(flags).current_dir(&world.services.config.data);
    command.env_remove("DATABASE_URL").envs(&world.env).env("RUST_LOG", "error");
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // a command that ends before it asks hears nothing
    let _ = child.stdin.take().unwrap().write_all(format!("{password}\n").as_bytes());
    let said = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (said.status.success(), text(said.stdout), text(said.stderr))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_from_the_command_line_finds_an_open_studio() {
    for world in worlds().await {
        let mut tx = world.services.db.begin().await.unwrap();
        sql("DELETE FROM studio").run(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
        setup_code::code(&world.services).await.unwrap();
        let flags = [
            "--email",
            "mara@example.com",
            "--name",
            "Mara Linden",
            "--studio",
            "Lindenlicht",
            "--time-zone",
            "Europe/Vienna",
            "--currency",
            "CHF",
        ];
        let (done, said, errors) = create_owner(&world, &flags, PASSWORD);
        assert!(done && said.contains("\"Lindenlicht\" is open") && said.contains("mara@example.com may sign in"), "{said} {errors}");
        let opened = studio(&world.services.db).await.unwrap();
        assert_eq!((opened.name.as_str(), opened.time_zone.as_str(), opened.currency.code()), ("Lindenlicht", "Europe/Vienna", "CHF"));
        assert_eq!(sign_in(&world.guest(), "mara@example.com", PASSWORD, false).await.unwrap().person.role, Role::Owner);
        let (codes,): (i64,) = sql("SELECT COUNT(*) FROM installation WHERE name = 'setup-code'").one(&world.services.db).await.unwrap();
        assert_eq!(codes, 0, "{}: nobody opens it a second time", world.engine);

        // the second one comes into the studio as it is
        let (done, said, _) = create_owner(&world, &["--email", "ben@example.com", "--name", "Ben", "--studio", "Another"], PASSWORD);
        assert!(done && !said.contains("Another"), "{said}");
        assert_eq!(studio(&world.services.db).await.unwrap().name, "Lindenlicht");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_an_owner_from_the_command_line_is_said_in_full() {
    for world in worlds().await {
        let (done, _, errors) = create_owner(&world, &["--email", "mara", "--name", "Mara"], "short");
        assert!(!done && errors.contains("email: ") && errors.contains("password: "), "{errors}");
        world.person(Role::Client, "mara@example.com").await;
        let (done, _, errors) = create_owner(&world, &["--email", "mara@example.com", "--name", "Mara"], PASSWORD);
        assert!(!done && errors.contains("there is an account with this address already"), "{errors}");
        for wrong in [&["--email", "mara@example.com"][..], &["--email"], &["--mail", "x", "--name", "Mara"]] {
            let (done, _, errors) = create_owner(&world, wrong, PASSWORD);
            assert!(!done && errors.starts_with("photovault: "), "{errors}");
        }

        // nor is a studio half opened
        let mut tx = world.services.db.begin().await.unwrap();
        sql("DELETE FROM studio").run(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
        for flags in [
            &["--email", "mara@example.com", "--name", "Mara"][..],
            &["--email", "new@example.com", "--name", "Mara", "--time-zone", "Mars/Olympus"],
        ] {
            assert!(!create_owner(&world, flags, PASSWORD).0, "{flags:?}");
            assert!(!is_set_up(&world.services.db).await.unwrap(), "{}", world.engine);
        }
        assert!(matches!(sign_in(&world.guest(), "new@example.com", PASSWORD, false).await.map(|_| ()), Err(AppError::Invalid(_))));
    }
}
