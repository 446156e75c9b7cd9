use super::shell::ThisForm;
use crate::{
    shared::{AppError, Problem},
    ui::{Mood, Notice},
};
use leptos::{context::Provider, prelude::*};

/// A form that posts to the server function with this endpoint. Problems of the last try are listed first.
#[component]
pub fn PostForm(
    #[prop(into)] action: String,
    /// Tells apart several forms with the same action on one page (one for each row): a hidden field and its value.
    #[prop(optional)]
    about: Option<(&'static str, String)>,
    /// The form sends files.
    #[prop(optional)]
    multipart: bool,
    #[prop(optional, into)] class: String,
    children: Children,
) -> impl IntoView {
    let form = ThisForm::new(action.clone(), about.clone());
    let feedback = form.feedback().unwrap_or_default();
    let problems = feedback.error.map(|error| view! { <Problems error=error form=form.clone() /> });
    let refused = (!feedback.refused.is_empty()).then(|| view! { <Refused files=feedback.refused /> });
    view! {
        <form
            method="post"
            action=format!("/_fn/{action}")
            class=if class.is_empty() { "pv-form".to_string() } else { class }
            enctype=multipart.then_some("multipart/form-data")
        >
            {problems} {refused}
            {about.map(|(name, value)| view! { <input type="hidden" name=name value=value /> })}
            <Provider value=form>{children()}</Provider>
        </form>
    }
}

#[component]
fn Problems(error: AppError, form: ThisForm) -> impl IntoView {
    let sentence = error.to_string();
    let fields = match error {
        AppError::Invalid(all) => all,
        _ => Vec::new(),
    };
    let line = move |problem: Problem| {
        view! {
            <li>
                <a href=format!("#{}", form.id(&problem.field))>{sentence_of(&problem.message)}</a>
            </li>
        }
    };
    view! {
        <Notice mood=Mood::Error title=sentence>
            {(!fields.is_empty()).then(|| view! { <ul class="pv-problems">{fields.into_iter().map(line).collect_view()}</ul> })}
        </Notice>
    }
}

/// Which files of a batch were not taken, and why. The others were.
#[component]
fn Refused(files: Vec<Problem>) -> impl IntoView {
    let line = |file: Problem| {
        view! {
            <li>
                <strong>{file.field}</strong>
                ": "
                {file.message}
            </li>
        }
    };
    view! {
        <Notice mood=Mood::Warning title="Some files were not taken. All others were.">
            <ul class="pv-problems">{files.into_iter().map(line).collect_view()}</ul>
        </Notice>
    }
}

/// Problems are written small ("write a price such as 19.90"); standing alone they start with a capital.
pub fn sentence_of(message: &str) -> String {
    let mut letters = message.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
