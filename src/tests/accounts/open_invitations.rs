//! Invitations on their way: the owner sees them, takes them back, and sends them again.
use super::given::{PASSWORD, links};
use crate::support::{World, worlds};
use photovault::{
    features::accounts::{
        NewClient,
        server::service::{
            accept_invitation, invitation, invite_person, open_invitations, revoke_invitation, send_invitation_again, set_active,
        },
    },
    platform::{RequestContext, clock::DAY},
    shared::{AppError, LinkId, Role},
};

const GRACE: &str = "grace@example.com";

async fn accept(world: &World, link: &str) -> Result<(), AppError> {
    let form = NewClient { name: "Grace Hopper".into(), email: GRACE.into(), password: PASSWORD.into(), password2: PASSWORD.into() };
    accept_invitation(&world.guest(), link, form).await.map(drop)
}

async fn open(owner: &RequestContext) -> Vec<(LinkId, String)> {
    open_invitations(owner).await.unwrap().into_iter().map(|invitation| (invitation.id, invitation.email)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_that_is_taken_back_opens_nothing() {
    for world in worlds().await {
        let owner = world.person(Role::Owner, "owner@example.com").await;
        invite_person(&owner, GRACE, Role::Crew).await.unwrap();
        let link = links(&world, GRACE, "/invitation/").await.remove(0);
        let listed = open_invitations(&owner).await.unwrap().remove(0);
        assert_eq!((listed.email.as_str(), listed.role, listed.inviter.as_str(), listed.is_over), (GRACE, Role::Crew, "owner", false));
        assert_eq!((listed.sent.as_str(), listed.until.as_str()), ("14 June 2026", "21 June 2026"));

        revoke_invitation(&owner, listed.id).await.unwrap();
        assert!(open(&owner).await.is_empty(), "{}", world.engine);
        assert!(invitation(&world.guest(), &link).await.unwrap().is_over);
        assert!(matches!(accept(&world, &link).await, Err(AppError::Conflict(_))));
        assert_eq!(revoke_invitation(&owner, listed.id).await, Err(AppError::NotFound), "it is gone already");
        assert_eq!(send_invitation_again(&owner, listed.id).await, Err(AppError::NotFound));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sent_again_the_new_letter_works_and_the_old_one_is_over() {
    for world in worlds().await {
        let owner = world.person(Role::Owner, "owner@example.com").await;
        invite_person(&owner, GRACE, Role::Photographer).await.unwrap();
        let first = links(&world, GRACE, "/invitation/").await.remove(0);
        // it ran out, and stays in the list so that it can be sent again
        world.later(8 * DAY);
        let listed = open_invitations(&owner).await.unwrap().remove(0);
        assert!(listed.is_over);
        assert_eq!(send_invitation_again(&owner, listed.id).await.as_deref(), Ok(GRACE));
        let second = links(&world, GRACE, "/invitation/").await.remove(0);
        assert_ne!(first, second);
        assert_eq!(open(&owner).await.len(), 1, "one invitation, not two: {}", world.engine);
        assert!(matches!(accept(&world, &first).await, Err(AppError::Conflict(_))));
        accept(&world, &second).await.unwrap();
        assert!(open(&owner).await.is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whom_somebody_invited_who_was_switched_off_since_is_not_let_in() {
    for world in worlds().await {
        let owner = world.person(Role::Owner, "owner@example.com").await;
        let second = world.person(Role::Owner, "second@example.com").await;
        invite_person(&second, GRACE, Role::Photographer).await.unwrap();
        invite_person(&owner, "kept@example.com", Role::Crew).await.unwrap();
        let link = links(&world, GRACE, "/invitation/").await.remove(0);
        let id = second.actor.user().unwrap();
        set_active(&owner, id, false).await.unwrap();
        assert!(invitation(&world.guest(), &link).await.unwrap().is_over, "{}", world.engine);
        assert!(matches!(accept(&world, &link).await, Err(AppError::Conflict(_))));
        assert_eq!(open(&owner).await.len(), 1);
        set_active(&owner, id, true).await.unwrap();
        assert!(matches!(accept(&world, &link).await, Err(AppError::Conflict(_))), "it doesn't come back with them");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn open_invitations_are_the_owners_business() {
    for world in worlds().await {
        let owner = world.person(Role::Owner, "owner@example.com").await;
        invite_person(&owner, GRACE, Role::Crew).await.unwrap();
        let (id, _) = open(&owner).await.remove(0);
        for role in [Role::Photographer, Role::Crew, Role::Client] {
            let cx = world.person(role, &format!("{role}@example.com")).await;
            assert_eq!(open_invitations(&cx).await, Err(AppError::NotFound));
            assert_eq!(revoke_invitation(&cx, id).await, Err(AppError::NotFound));
            assert_eq!(send_invitation_again(&cx, id).await, Err(AppError::NotFound));
        }
        assert_eq!(revoke_invitation(&world.guest(), id).await, Err(AppError::SignInNeeded));
        assert_eq!(open(&owner).await.len(), 1, "{}", world.engine);
    }
}
