use super::given::{come_in, is_in, person};
use crate::support::worlds;
use photovault::{
    features::{
        accounts::server::service::{NewPerson, clients, create_owner, create_person, everybody, people, set_active},
        admin::server::service::{console, outbox},
        site::Opening,
    },
    platform::db::sql,
    shared::{AppError, Role, UserId},
};

#[tokio::test(flavor = "multi_thread")]
async fn who_is_switched_off_is_out_at_once_and_back_when_switched_on() {
    for world in worlds().await {
        let owner = world.person(Role::Owner, "owner@example.com").await;
        let ada = person(&world, Role::Photographer, "ada@example.com").await;
        let secret = come_in(&world, "ada@example.com", true).await.secret;
        set_active(&owner, ada, false).await.unwrap();
        assert!(!is_in(&world, &secret).await, "{}", world.engine);
        set_active(&owner, ada, true).await.unwrap();
        assert!(!is_in(&world, &secret).await, "the old session stays ended");
        assert!(is_in(&world, &come_in(&world, "ada@example.com", false).await.secret).await);
        let told: Vec<(String,)> = sql("SELECT reason FROM history WHERE entity = 'user' AND entity_id = $1 ORDER BY at, id")
            .bind(ada.to_string())
            .all(&world.services.db)
            .await
            .unwrap();
        assert_eq!(
            told.iter().map(|(reason,)| reason.as_str()).collect::<Vec<_>>(),
            ["made by the program", "switched off", "switched on"]
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_owner_stays() {
    for world in worlds().await {
        let owner = world.person(Role::Owner, "owner@example.com").await;
        let me = owner.actor.user().unwrap();
        assert!(matches!(set_active(&owner, me, false).await, Err(AppError::Conflict(_))), "{}", world.engine);
        let other = create_owner(&world.services, "Bea", "bea@example.com", "correct horse battery", &Opening::default()).await.unwrap();
        set_active(&owner, other, false).await.unwrap();
        assert!(matches!(set_active(&owner, me, false).await, Err(AppError::Conflict(_))), "an owner who is off does not count");
        set_active(&owner, other, true).await.unwrap();
        set_active(&owner, me, false).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_owners_cannot_switch_each_other_off_at_the_same_moment() {
    for world in worlds().await {
        for round in 0..8 {
            let one = world.person(Role::Owner, &format!("one{round}@example.com")).await;
            let two = world.person(Role::Owner, &format!("two{round}@example.com")).await;
            let (first, second) = (one.actor.user().unwrap(), two.actor.user().unwrap());
            let (_, _) = tokio::join!(set_active(&one, second, false), set_active(&two, first, false));
            let left: (i64,) = sql("SELECT COUNT(*) FROM users WHERE role = 'owner' AND is_active").one(&world.services.db).await.unwrap();
            assert!(left.0 >= 1, "{}", world.engine);
            for id in [first, second] {
                let _ = set_active(&world.system(), id, false).await;
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn to_everybody_but_the_owner_there_is_no_console() {
    for world in worlds().await {
        let somebody = person(&world, Role::Client, "ada@example.com").await;
        for role in [Role::Photographer, Role::Crew, Role::Client] {
            let cx = world.person(role, &format!("{role}@example.com")).await;
            assert_eq!(set_active(&cx, somebody, false).await, Err(AppError::NotFound));
            assert_eq!(everybody(&cx).await.map(|_| ()), Err(AppError::NotFound));
            assert_eq!(console(&cx).await.map(|_| ()), Err(AppError::NotFound));
            assert_eq!(outbox(&cx).await.map(|_| ()), Err(AppError::NotFound), "{}", world.engine);
            let new = NewPerson {
                name: "X".into(),
                email: "x@example.com".into(),
                role: Role::Owner,
                password: "correct horse battery".into(),
                proven: true,
            };
            assert_eq!(create_person(&cx, new).await, Err(AppError::NotFound), "not even the owner makes people without a letter");
        }
        assert_eq!(console(&world.guest()).await.map(|_| ()), Err(AppError::SignInNeeded));
        let owner = world.person(Role::Owner, "owner@example.com").await;
        assert_eq!(console(&owner).await.unwrap().people.len(), 5);
        assert_eq!(set_active(&owner, UserId::new(), false).await, Err(AppError::NotFound));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn people_are_found_in_one_go_and_only_active_clients_are_offered() {
    for world in worlds().await {
        let ada = person(&world, Role::Client, "ada@example.com").await;
        let off = person(&world, Role::Client, "off@example.com").await;
        let photographer = person(&world, Role::Photographer, "p@example.com").await;
        set_active(&world.system(), off, false).await.unwrap();
        let db = &world.services.db;
        assert_eq!(clients(db).await.unwrap().into_iter().map(|card| card.id).collect::<Vec<_>>(), [ada], "{}", world.engine);
        assert_eq!(people(db, &[photographer, off, UserId::new()]).await.unwrap().len(), 2);
        assert!(people(db, &[]).await.unwrap().is_empty());
    }
}
