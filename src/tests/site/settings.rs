use crate::{accounts::given::field, support::worlds};
use photovault::{
    features::site::{
        Settings, WatermarkStyle,
        server::service::{change_settings, fix_currency, settings, studio, words},
    },
    platform::{RequestContext, db::sql},
    shared::{AppError, Role},
};

fn form() -> Settings {
    Settings {
        name: "Lindenlicht".into(),
        tagline: "Quiet photographs".into(),
        about: "One.\n\nTwo.".into(),
        services: "Weddings\nAll day.".into(),
        time_zone: "Europe/Berlin".into(),
        currency: "EUR".into(),
        payment_instructions: "IBAN".into(),
        invoice_details: "Street 1".into(),
        watermark_text: "Studio Test".into(),
        watermark_style: "tiled".into(),
        watermark_opacity: "40".into(),
        contact_email: "hello@example.com".into(),
    }
}

async fn remarks(cx: &RequestContext) -> i64 {
    sql("SELECT COUNT(*) FROM jobs WHERE kind = 'remark_all'").one::<(i64,)>(&cx.db).await.unwrap().0
}

#[tokio::test]
async fn the_owner_changes_the_studio_the_photographer_reads_it_to_the_others_it_is_not_there() {
    for world in worlds().await {
        let owner = world.person(Role::Owner, "owner@example.com").await;
        change_settings(&owner, form()).await.unwrap();
        assert_eq!(studio(&owner.db).await.unwrap().tagline, "Quiet photographs", "{}", world.engine);
        let photographer = world.person(Role::Photographer, "ada@example.com").await;
        assert!(!settings(&photographer).await.unwrap().is_mine);
        assert_eq!(change_settings(&photographer, form()).await, Err(AppError::NotFound));
        for role in [Role::Crew, Role::Client] {
            let cx = world.person(role, &format!("{role}@example.com")).await;
            assert_eq!(settings(&cx).await.map(|_| ()), Err(AppError::NotFound));
            assert_eq!(change_settings(&cx, form()).await, Err(AppError::NotFound));
        }
        assert_eq!(change_settings(&world.guest(), form()).await, Err(AppError::SignInNeeded));
    }
}

#[tokio::test]
async fn another_watermark_is_another_revision_and_asks_for_all_pictures_again() {
    for world in worlds().await {
        let owner = world.person(Role::Owner, "owner@example.com").await;
        change_settings(&owner, form()).await.unwrap();
        assert_eq!((studio(&owner.db).await.unwrap().watermark_rev, remarks(&owner).await), (1, 0), "the mark is the same");
        change_settings(&owner, Settings { watermark_style: "corner".into(), ..form() }).await.unwrap();
        let changed = studio(&owner.db).await.unwrap();
        assert_eq!(
            (changed.watermark_style, changed.watermark_rev, remarks(&owner).await),
            (WatermarkStyle::Corner, 2, 1),
            "{}",
            world.engine
        );
    }
}

#[tokio::test]
async fn the_currency_stays_once_there_is_a_price() {
    for world in worlds().await {
        let owner = world.person(Role::Owner, "owner@example.com").await;
        change_settings(&owner, Settings { currency: "chf".into(), ..form() }).await.unwrap();
        assert_eq!(studio(&owner.db).await.unwrap().currency.code(), "CHF", "{}", world.engine);
        let mut tx = owner.db.begin().await.unwrap();
        fix_currency(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(field(change_settings(&owner, form()).await), "currency");
        change_settings(&owner, Settings { currency: "CHF".into(), name: "Another".into(), ..form() }).await.unwrap();
    }
}

#[tokio::test]
async fn what_makes_no_sense_is_said_beside_its_field() {
    for world in worlds().await {
        let owner = world.person(Role::Owner, "owner@example.com").await;
        let bad = Settings {
            name: String::new(),
            time_zone: "Berlin".into(),
            currency: "€".into(),
            watermark_text: String::new(),
            watermark_style: "x".into(),
            watermark_opacity: "0".into(),
            ..form()
        };
        assert_eq!(
            field(change_settings(&owner, bad).await),
            "name,watermark_text,watermark_style,watermark_opacity,time_zone,currency",
            "{}",
            world.engine
        );
        // what a database would choke on is left out
        change_settings(&owner, Settings { about: "One\0 two\r\n\r\nThree".into(), ..form() }).await.unwrap();
        assert_eq!(studio(&owner.db).await.unwrap().about, "One two\n\nThree");
    }
}

#[tokio::test]
async fn the_address_for_everybody_is_the_owners_to_set_and_to_leave_out() {
    for world in worlds().await {
        let owner = world.person(Role::Owner, "owner@example.com").await;
        assert_eq!(words(&owner.db).await.unwrap().contact_email, None, "nobody's address is shown unasked");
        change_settings(&owner, form()).await.unwrap();
        assert_eq!(words(&owner.db).await.unwrap().contact_email.as_deref(), Some("hello@example.com"), "{}", world.engine);
        assert_eq!(field(change_settings(&owner, Settings { contact_email: "hello".into(), ..form() }).await), "contact_email");
        change_settings(&owner, Settings { contact_email: "  ".into(), ..form() }).await.unwrap();
        assert_eq!(words(&owner.db).await.unwrap().contact_email, None);
    }
}
