use super::given::{PASSWORD, browser, come_in, field, is_in, letters, links, person};
use crate::support::{World, worlds};
use photovault::{
    features::accounts::{
        NewClient,
        server::service::{accept_invitation, invitation, invite_by_mail, invite_person, set_active},
    },
    platform::{RequestContext, clock::DAY},
    shared::{AppError, Role},
};

fn form() -> NewClient {
    NewClient { name: "Grace Hopper".into(), email: "evil@example.com".into(), password: PASSWORD.into(), password2: PASSWORD.into() }
}

async fn give(cx: &RequestContext, email: &str) {
    let mut tx = cx.db.begin().await.unwrap();
    invite_by_mail(&mut tx, cx, email, "Ada has shared “Lena and Max” with you.").await.unwrap();
    tx.commit().await.unwrap();
}

async fn invited(world: &World, email: &str) -> String {
    links(world, email, "/invitation/").await.remove(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photographer_comes_by_the_owners_letter_with_the_role_that_the_link_carries() {
    for world in worlds().await {
        let owner = world.person(Role::Owner, "owner@example.com").await;
        invite_person(&owner, "grace@example.com", Role::Photographer).await.unwrap();
        let link = invited(&world, "grace@example.com").await;
        let seen = invitation(&world.guest(), &link).await.unwrap();
        assert_eq!((seen.role, seen.has_account, seen.is_over), (Role::Photographer, false, false));

        let me = accept_invitation(&world.guest(), &link, form()).await.unwrap().unwrap();
        assert!(is_in(&world, &me.secret).await);
        assert_eq!(
            (me.person.role, me.person.email.as_str(), me.person.proven_email.as_deref()),
            (Role::Photographer, "grace@example.com", Some("grace@example.com")),
            "{}",
            world.engine
        );
        assert!(matches!(accept_invitation(&world.guest(), &link, form()).await.map(|_| ()), Err(AppError::Conflict(_))), "once");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_but_the_owner_invites_and_nobody_is_invited_as_owner() {
    for world in worlds().await {
        for (role, refusal) in
            [(Role::Photographer, AppError::NotFound), (Role::Crew, AppError::NotFound), (Role::Client, AppError::NotFound)]
        {
            let cx = world.person(role, &format!("{role}@example.com")).await;
            assert_eq!(invite_person(&cx, "grace@example.com", Role::Crew).await, Err(refusal));
        }
        assert_eq!(invite_person(&world.guest(), "grace@example.com", Role::Crew).await, Err(AppError::SignInNeeded));
        let owner = world.person(Role::Owner, "owner@example.com").await;
        for role in [Role::Owner, Role::Client] {
            assert_eq!(field(invite_person(&owner, "grace@example.com", role).await), "role");
        }
        assert!(letters(&world, "grace@example.com").await.is_empty(), "{}", world.engine);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_is_invited_with_the_gift_and_stays_a_client() {
    for world in worlds().await {
        let photographer = world.person(Role::Photographer, "ada@example.com").await;
        give(&photographer, "lena@example.com").await;
        assert!(letters(&world, "lena@example.com").await[0].content(&world.services).unwrap().text().contains("Lena and Max"));
        let link = invited(&world, "lena@example.com").await;
        let me = accept_invitation(&world.guest(), &link, form()).await.unwrap().unwrap();
        assert_eq!((me.person.role, me.person.proven_email.as_deref()), (Role::Client, Some("lena@example.com")), "{}", world.engine);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_with_an_account_signs_in_and_their_address_is_proven() {
    for world in worlds().await {
        let photographer = world.person(Role::Photographer, "ada@example.com").await;
        person(&world, Role::Client, "lena@example.com").await;
        person(&world, Role::Client, "eve@example.com").await;
        give(&photographer, "LENA@example.com").await;
        let link = invited(&world, "lena@example.com").await;
        assert!(invitation(&world.guest(), &link).await.unwrap().has_account);
        assert_eq!(accept_invitation(&world.guest(), &link, form()).await.map(|_| ()), Err(AppError::SignInNeeded));
        let eve = browser(&world, &come_in(&world, "eve@example.com", false).await.secret).await;
        assert!(matches!(accept_invitation(&eve, &link, form()).await.map(|_| ()), Err(AppError::Conflict(_))), "it is not hers");

        let secret = come_in(&world, "lena@example.com", false).await.secret;
        let lena = browser(&world, &secret).await;
        assert!(invitation(&lena, &link).await.unwrap().is_me);
        assert!(accept_invitation(&lena, &link, form()).await.unwrap().is_none());
        let lena = browser(&world, &secret).await;
        assert_eq!(lena.actor.person().unwrap().proven_email.as_deref(), Some("lena@example.com"), "{}", world.engine);

        // from now on the news needs no link with a secret
        give(&photographer, "lena@example.com").await;
        assert_eq!(
            (letters(&world, "lena@example.com").await.len(), links(&world, "lena@example.com", "/invitation/").await.len()),
            (2, 1)
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_who_is_invited_to_work_here_gets_the_role_by_accepting() {
    for world in worlds().await {
        let owner = world.person(Role::Owner, "owner@example.com").await;
        person(&world, Role::Client, "lena@example.com").await;
        invite_person(&owner, "lena@example.com", Role::Crew).await.unwrap();
        let elsewhere = come_in(&world, "lena@example.com", true).await.secret;
        let before = come_in(&world, "lena@example.com", true).await.secret;
        let lena = browser(&world, &before).await;
        assert_eq!(lena.actor.person().unwrap().role, Role::Client);
        let after = accept_invitation(&lena, &invited(&world, "lena@example.com").await, form()).await.unwrap().unwrap();
        assert_eq!(browser(&world, &after.secret).await.actor.person().unwrap().role, Role::Crew, "{}", world.engine);
        assert!(after.stay, "as it was chosen at the sign-in");
        assert!(!is_in(&world, &before).await && !is_in(&world, &elsewhere).await, "no secret of the old role has the new one");
        assert_eq!(field(invite_person(&owner, "lena@example.com", Role::Crew).await), "email");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_runs_out_and_none_is_written_to_somebody_switched_off() {
    for world in worlds().await {
        let owner = world.person(Role::Owner, "owner@example.com").await;
        invite_person(&owner, "grace@example.com", Role::Crew).await.unwrap();
        let link = invited(&world, "grace@example.com").await;
        world.later(7 * DAY);
        assert!(invitation(&world.guest(), &link).await.unwrap().is_over, "{}", world.engine);
        assert!(matches!(accept_invitation(&world.guest(), &link, form()).await.map(|_| ()), Err(AppError::Conflict(_))));

        let off = person(&world, Role::Client, "off@example.com").await;
        set_active(&owner, off, false).await.unwrap();
        give(&owner, "off@example.com").await;
        assert!(letters(&world, "off@example.com").await.is_empty());
    }
}
