use crate::{
    paths,
    shared::{AppError, Viewer},
    ui::{
        ButtonLink, Icon, IconName, Tone, answer,
        layout::{PageTitle, SitePage, StudioPage, is_inside_layout},
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
    let frame = Frame::of(&viewer);
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
    match frame {
        Frame::Around => body().into_any(),
        Frame::Studio => view! { <StudioPage>{body()}</StudioPage> }.into_any(),
        Frame::Site => view! { <SitePage>{body()}</SitePage> }.into_any(),
    }
}

/// What stands around the words: the layout that the page has drawn already, or the one it would have had.
enum Frame {
    Around,
    Studio,
    Site,
}

impl Frame {
    fn of(viewer: &Viewer) -> Self {
        let at_work = viewer.person.as_ref().is_some_and(|(_, role)| role.runs_galleries());
        let in_the_studio = [paths::STUDIO, paths::ADMIN].iter().any(|place| viewer.path.starts_with(place));
        match is_inside_layout() {
            true => Self::Around,
            false if at_work && in_the_studio => Self::Studio,
            false => Self::Site,
        }
    }
}

/// Heading and sentence, for whoever cannot draw this page.
pub fn error_words(error: &AppError) -> (String, String) {
    let words = Words::of(error);
    (words.title, words.text)
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
            AppError::SignInNeeded => {
                (IconName::Lock, "Please sign in", "This page belongs to somebody. Sign in and we bring you right back.".into(), false)
            }
            AppError::NotAllowed => {
                (IconName::Lock, "This is not yours to open", "If you think it should be, ask the studio to let you in.".into(), false)
            }
            AppError::NotFound => (
                IconName::Image,
                "There is nothing here",
                "The address may be mistyped, the page may have moved, or it is not shared with you.".into(),
                false,
            ),
            AppError::TooMany { .. } => (IconName::Clock, "One moment, please", error.to_string(), true),
            AppError::Unavailable => (IconName::Clock, "We are busy just now", "Please try again in a moment.".into(), true),
            AppError::Full => (IconName::Warning, "There is no room left", error.to_string(), true),
            AppError::Internal(_) => (IconName::Warning, "That did not work", error.to_string(), true),
            _ => (IconName::Info, "That did not work", error.to_string(), true),
        };
        Self { icon, title: title.into(), text, retry }
    }
}
