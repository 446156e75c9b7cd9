use crate::{
    accounts::given::{field, from, letters},
    support::worlds,
};
use photovault::{
    features::{
        accounts::server::service::{forward_message, set_active},
        site::{NewMessage, server::service::send_message},
    },
    platform::{clock::HOUR, db::sql},
    shared::{AppError, MessageId, Role},
};

fn message(text: &str) -> NewMessage {
    NewMessage { name: "Lena\r\nBcc: x@y.de".into(), email: "lena@example.com".into(), message: text.into() }
}

#[tokio::test]
async fn a_message_reaches_every_active_owner_once() {
    for world in worlds().await {
        let one = world.person(Role::Owner, "one@example.com").await;
        let off = world.person(Role::Owner, "off@example.com").await;
        world.person(Role::Photographer, "ada@example.com").await;
        set_active(&one, off.actor.user().unwrap(), false).await.unwrap();
        send_message(&world.guest(), message("Are you free in June?\n<b>Lena</b>")).await.unwrap();
        let all = letters(&world, "one@example.com").await;
        assert_eq!((all.len(), all[0].subject.as_str()), (1, "Message from Lena Bcc: x@y.de"), "{}", world.engine);
        let text = all[0].content(&world.services).unwrap().text();
        assert!(text.contains("<b>Lena</b>") && text.contains("lena@example.com") && all[0].sent_at.is_some());
        for email in ["off@example.com", "ada@example.com"] {
            assert!(letters(&world, email).await.is_empty());
        }
        // the job may run twice
        let id: (MessageId, String) = sql("SELECT id, message FROM contact_messages").one(&world.services.db).await.unwrap();
        assert!(!id.1.contains("June"), "the words are sealed: {}", id.1);
        forward_message(&world.services, id.0).await.unwrap();
        assert_eq!(letters(&world, "one@example.com").await.len(), 1);
    }
}

#[tokio::test]
async fn nobody_floods_the_studio_with_messages() {
    for world in worlds().await {
        let here = from(&world, "203.0.113.9");
        for _ in 0..5 {
            send_message(&here, message("Hello")).await.unwrap();
        }
        assert!(matches!(send_message(&here, message("Hello")).await, Err(AppError::TooMany { .. })), "{}", world.engine);
        assert!(send_message(&from(&world, "203.0.113.10"), message("Hello")).await.is_ok());
        world.later(HOUR);
        assert!(send_message(&here, message("Hello")).await.is_ok());
        let none = NewMessage { email: "lena".into(), ..message(" ") };
        assert_eq!(field(send_message(&here, none).await), "email,message");
    }
}
