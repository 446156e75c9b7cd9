use super::given::{PASSWORD, browser, field, from, is_in, person};
use crate::support::worlds;
use photovault::{
    features::accounts::{
        NewClient,
        server::{
            service::{forgot_password, reset_password, set_active, sign_in, sign_out, sign_up},
            vouch,
        },
    },
    platform::{Client, RequestContext, clock::MINUTE},
    shared::{AppError, Role},
};
use std::time::{Duration, Instant};

#[tokio::test(flavor = "multi_thread")]
async fn a_person_comes_in_with_the_address_in_any_case_and_goes_out_for_good() {
    for world in worlds().await {
        person(&world, Role::Photographer, "Ada@Example.com").await;
        let signed_in = sign_in(&world.guest(), " ADA@example.COM ", PASSWORD, false).await.unwrap();
        let cx = browser(&world, &signed_in.secret).await;
        let me = cx.actor.person().unwrap();
        assert_eq!((me.role, me.email.as_str(), me.proven_email.clone()), (Role::Photographer, "Ada@Example.com", None));
        sign_out(&cx).await.unwrap();
        assert!(!is_in(&world, &signed_in.secret).await, "{}", world.engine);
        assert!(!is_in(&world, "").await && !is_in(&world, "\0' OR 1=1 --").await);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_accent_fits_whichever_keyboard_wrote_it_and_a_megabyte_costs_nothing() {
    for world in worlds().await {
        let (whole, apart) = ("caf\u{e9} au lait, s'il vous pla\u{ee}t", "cafe\u{301} au lait, s'il vous plai\u{302}t");
        for (n, (chosen, typed)) in [(whole, apart), (apart, whole)].into_iter().enumerate() {
            let email = format!("ada{n}@example.com");
            let form = NewClient { name: "Ada".into(), email: email.clone(), password: chosen.into(), password2: typed.into() };
            sign_up(&world.guest(), form).await.unwrap();
            assert!(sign_in(&world.guest(), &email, typed, false).await.is_ok(), "{}", world.engine);
        }
        // 128 letters count whole: the last one matters
        let long = |end: &str| format!("{}{end}", "x1".repeat(63)) + "!";
        let form = NewClient { name: "Eve".into(), email: "eve@example.com".into(), password: long("a"), password2: long("a") };
        sign_up(&world.guest(), form).await.unwrap();
        assert_eq!(long("a").chars().count(), 128);
        assert!(sign_in(&from(&world, "10.0.0.2"), "eve@example.com", &long("b"), false).await.is_err());
        let begun = Instant::now();
        assert_eq!(field(sign_in(&from(&world, "10.0.0.3"), "eve@example.com", &"x".repeat(1_000_000), false).await), "password");
        assert!(begun.elapsed() < Duration::from_millis(20), "no hash was made: {:?}", begun.elapsed());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_gets_a_new_secret_and_its_old_one_ends() {
    for world in worlds().await {
        person(&world, Role::Client, "ada@example.com").await;
        let first = sign_in(&world.guest(), "ada@example.com", PASSWORD, false).await.unwrap();
        let second = sign_in(&browser(&world, &first.secret).await, "ada@example.com", PASSWORD, false).await.unwrap();
        assert_ne!(first.secret, second.secret);
        assert!(!is_in(&world, &first.secret).await && is_in(&world, &second.secret).await);
        // a secret that somebody planted in the browser never becomes a session
        let planted = sign_in(&browser(&world, "planted").await, "ada@example.com", PASSWORD, false).await.unwrap();
        assert!(planted.secret != "planted" && !is_in(&world, "planted").await);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn unknown_deactivated_and_mistyped_get_one_answer_after_the_same_work() {
    for world in worlds().await {
        person(&world, Role::Client, "ada@example.com").await;
        let off = person(&world, Role::Client, "off@example.com").await;
        set_active(&world.system(), off, false).await.unwrap();
        let tries = [("ada@example.com", "not the password"), ("nobody@example.com", "not the password"), ("off@example.com", PASSWORD)];
        let mut answers = vec![];
        // a busy machine slows some tries down, but as many of each kind: they take turns, and the middle is compared.
        // What is left to chance is tried again; a work that one of them is spared is spared every time.
        let mut gaps = vec![];
        for _ in 0..4 {
            let mut times = [const { vec![] }; 3];
            for round in 0..40 {
                for which in (0..3).map(|n| (n + round) % 3) {
                    let (email, password) = tries[which];
                    let cx = from(&world, &format!("10.{which}.{}.{round}", gaps.len()));
                    let begun = Instant::now();
                    answers.push(sign_in(&cx, email, password, false).await.map(|_| ()));
                    times[which].push(begun.elapsed());
                }
                if round % 20 == 19 {
                    world.later(15 * MINUTE);
                }
            }
            let middle = times.map(|mut all| {
                all.sort();
                all[all.len() / 2].as_secs_f64()
            });
            let (least, most) = (middle.iter().copied().fold(f64::MAX, f64::min), middle.iter().copied().fold(0.0, f64::max));
            gaps.push(most / least);
            if most < least * 1.25 {
                break;
            }
        }
        answers.dedup();
        assert_eq!(answers.len(), 1, "{answers:?}");
        assert_eq!(field(answers.remove(0)), "password");
        assert!(gaps.last().is_some_and(|gap| *gap < 1.25), "{}: {gaps:?}", world.engine);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_eleventh_try_of_one_address_waits_whoever_it_names() {
    for world in worlds().await {
        person(&world, Role::Client, "ada@example.com").await;
        let here = from(&world, "203.0.113.9");
        for n in 0..10 {
            assert_eq!(field(sign_in(&here, &format!("nobody{n}@example.com"), "not the password", false).await), "password");
        }
        let refused = sign_in(&here, "ada@example.com", PASSWORD, false).await.map(|_| ());
        assert!(matches!(refused, Err(AppError::TooMany { retry_after: 1..=60 })), "{}: {refused:?}", world.engine);
        assert!(sign_in(&from(&world, "203.0.113.10"), "ada@example.com", PASSWORD, false).await.is_ok());
        world.later(MINUTE);
        assert!(sign_in(&here, "ada@example.com", PASSWORD, false).await.is_ok());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn guesses_from_everywhere_slow_one_account_down_but_its_person_gets_in_by_mail() {
    for world in worlds().await {
        person(&world, Role::Owner, "ada@example.com").await;
        let guess = async |n: usize, password: &str| {
            sign_in(&from(&world, &format!("10.9.{n}.1")), "ada@example.com", password, false).await.map(|_| ())
        };
        for n in 0..30 {
            assert_eq!(field(guess(n, "not the password").await), "password");
        }
        assert!(matches!(guess(30, PASSWORD).await, Err(AppError::TooMany { .. })), "{}", world.engine);

        forgot_password(&from(&world, "10.8.0.1"), "ada@example.com").await.unwrap();
        let link = super::given::links(&world, "ada@example.com", "/reset/").await.remove(0);
        reset_password(&from(&world, "10.8.0.1"), &link, "another good password", "another good password").await.unwrap();
        assert!(guess(31, "another good password").await.is_ok(), "the letter made the account free again");

        for n in 40..70 {
            assert!(guess(n, "not the password").await.is_err());
        }
        world.later(15 * MINUTE);
        assert!(guess(70, "another good password").await.is_ok(), "waiting did it too");
    }
}

/// Whoever guesses without an end, from one place or from many, keeps nobody out who was here before.
#[tokio::test(flavor = "multi_thread")]
async fn guesses_of_others_never_lock_out_a_browser_that_came_in_before() {
    for world in worlds().await {
        person(&world, Role::Owner, "ada@example.com").await;
        let voucher = vouch(&world.services.config, world.services.clock.now(), "ada@example.com", None);
        let at_home = |address: &str| {
            let cx = from(&world, address);
            RequestContext { client: Client { known: Some(voucher.clone()), ..cx.client.clone() }, ..cx }
        };
        for n in 0..60 {
            let _ = sign_in(&from(&world, &format!("10.9.{n}.1")), "ada@example.com", "not the password", false).await;
        }
        let stranger = sign_in(&from(&world, "10.8.0.1"), "ada@example.com", PASSWORD, false).await.map(|_| ());
        assert!(matches!(stranger, Err(AppError::TooMany { .. })), "{}", world.engine);
        assert!(sign_in(&at_home("10.8.0.2"), "ada@example.com", PASSWORD, false).await.is_ok(), "{}", world.engine);

        // somebody who took the voucher has ten guesses, not all there are
        for n in 0..10 {
            assert_eq!(field(sign_in(&at_home(&format!("10.7.{n}.1")), "ada@example.com", "not the password", false).await), "password");
        }
        let eleventh = sign_in(&at_home("10.7.10.1"), "ada@example.com", PASSWORD, false).await.map(|_| ());
        assert!(matches!(eleventh, Err(AppError::TooMany { .. })), "{}", world.engine);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_place_cannot_use_up_the_guesses_of_an_account() {
    for world in worlds().await {
        person(&world, Role::Owner, "ada@example.com").await;
        let here = from(&world, "203.0.113.9");
        for _ in 0..4 {
            for _ in 0..30 {
                assert!(sign_in(&here, "ada@example.com", "not the password", false).await.is_err());
            }
            world.later(MINUTE);
        }
        assert!(sign_in(&from(&world, "203.0.113.10"), "ada@example.com", PASSWORD, false).await.is_ok(), "{}", world.engine);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_right_password_forgets_the_wrong_ones_before_it() {
    for world in worlds().await {
        person(&world, Role::Client, "ada@example.com").await;
        for n in 0..5 {
            for k in 0..6 {
                let password = if k < 5 { "not the password" } else { PASSWORD };
                let answer = sign_in(&from(&world, &format!("10.{n}.{k}.1")), "ada@example.com", password, false).await;
                assert_eq!(answer.is_ok(), k == 5, "{}", world.engine);
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_without_end_is_refused_before_it_costs_anything() {
    for world in worlds().await {
        let begun = Instant::now();
        for _ in 0..200 {
            assert_eq!(field(sign_in(&world.guest(), "ada@example.com", &"x".repeat(100_000), false).await), "password");
        }
        assert!(begun.elapsed() < Duration::from_secs(2));
    }
}
