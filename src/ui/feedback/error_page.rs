use crate::{
    paths,
    shared::{AppError, Viewer},
    ui::{
        ButtonLink, Icon, IconName, Tone, answer,
        layout::{PageTitle, SitePage, is_inside_layout},
    },
};
use leptos::prelude::*;

/// What is shown instead of a page that could not be: with its HTTP status, in warm words, and with a way on.
/// Someone who is not signed in is led to the sign-in and comes back afterwards.
#[component]
pub fn ErrorPage(error: AppError) -> impl IntoView {
    let viewer = use_context::<Viewer>().unwrap_or_default();
    answer::answer_with(&error);
    if error == AppError::SignInNeeded {
        answer::redirect(&paths::login_then(&viewer.path));
    }
    let words = Words::of(&error);
    let path = viewer.path;
    let body = move || {
        view! {
            <PageTitle title=words.title.clone() noindex=true />
            <section class="pv-error">
                <Icon name=words.icon class="size-10" />
                <h1>{words.title}</h1>
                <p>{words.text}</p>
                <div class="pv-actions">
                    {words
                        .retry
                        .then(|| view! { <ButtonLink href=path label="Try again" icon=IconName::Retry tone=Tone::Primary /> })}
                    <ButtonLink href=paths::HOME label="Go to the start page" />
                </div>
            </section>
        }
    };
    if is_inside_layout() { body().into_any() } else { view! { <SitePage>{body()}</SitePage> }.into_any() }
}

struct Words {
    icon: IconName,
    title: String,
    text: String,
    retry: bool,
}

impl Words {
    fn of(error: &AppError) -> Self {
        let (icon, title, text, retry) = match error {
            AppError::SignInNeeded => (IconName::Lock, "Please sign in", "This page belongs to somebody. Sign in and we bring you right back.".into(), false),
            AppError::NotAllowed => (IconName::Lock, "This is not yours to open", "If you think it should be, ask the studio to let you in.".into(), false),
            AppError::NotFound => (
                IconName::Image,
                "There is nothing here",
                "The address may be mistyped, the page may have moved, or it is not shared with you.".into(),
                false,
            ),
            AppError::TooMany { .. } => (IconName::Clock, "One moment, please", error.to_string(), true),
            AppError::Unavailable => (IconName::Clock, "We are busy just now", "Please try again in a moment.".into(), true),
            AppError::Internal(_) => (IconName::Warning, "That did not work", error.to_string(), true),
            _ => (IconName::Info, "That did not work", error.to_string(), true),
        };
        Self { icon, title: title.into(), text, retry }
    }
}
