use super::post_form::sentence_of;
use crate::shared::{AppError, Feedback};
use leptos::prelude::*;

/// The form that a field stands in, so that it shows only its own form's problems.
#[derive(Clone, Default)]
pub struct ThisForm {
    action: String,
    about: Option<(&'static str, String)>,
}

impl ThisForm {
    pub fn new(action: String, about: Option<(&'static str, String)>) -> Self {
        Self { action, about }
    }

    /// What the last try of this very form left.
    pub fn feedback(&self) -> Option<Feedback> {
        use_context::<Feedback>().filter(|feedback| {
            let same = self.about.as_ref().is_none_or(|(name, value)| feedback.typed(name).as_ref() == Some(value));
            !self.action.is_empty() && feedback.action == self.action && same
        })
    }

    pub fn id(&self, field: &str) -> String {
        let about = self.about.as_ref().map(|(_, value)| value.as_str()).unwrap_or_default();
        format!("{}{about}-{field}", self.action)
    }
}

/// What a field needs to know about itself, worked out once.
pub struct Told {
    pub id: String,
    pub problem: Option<String>,
    /// What was typed in the last try; the form was sent if `sent`.
    pub typed: Option<String>,
    pub all_typed: Vec<String>,
    pub sent: bool,
    /// The first wrong field takes the focus.
    pub first_wrong: bool,
}

impl Told {
    pub fn about(name: &str) -> Self {
        let form = use_context::<ThisForm>().unwrap_or_default();
        let feedback = form.feedback();
        let first_wrong = match feedback.as_ref().and_then(|f| f.error.as_ref()) {
            Some(AppError::Invalid(all)) => all.first().is_some_and(|problem| problem.field == name),
            _ => false,
        };
        Self {
            id: form.id(name),
            problem: feedback.as_ref().and_then(|f| f.problem(name)).map(|message| sentence_of(&message)),
            typed: feedback.as_ref().and_then(|f| f.typed(name)),
            all_typed: feedback.as_ref().and_then(|f| f.typed.get(name).cloned()).unwrap_or_default(),
            sent: feedback.is_some(),
            first_wrong,
        }
    }

    /// For `aria-describedby`: the hint and the problem, as far as they are there.
    pub fn described_by(&self, hint: &str) -> Option<String> {
        let hint = (!hint.is_empty()).then(|| format!("{}-hint", self.id));
        let problem = self.problem.as_ref().map(|_| format!("{}-problem", self.id));
        let all: Vec<_> = hint.into_iter().chain(problem).collect();
        (!all.is_empty()).then(|| all.join(" "))
    }

    pub fn invalid(&self) -> Option<&'static str> {
        self.problem.as_ref().map(|_| "true")
    }
}

/// Label above, control (the children), hint and problem below: the same for every field.
#[component]
pub fn Field(
    #[prop(into)] id: String,
    #[prop(into)] label: String,
    #[prop(into)] hint: String,
    problem: Option<String>,
    optional: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="pv-field">
            <label for=id.clone()>
                {label} {optional.then(|| view! { <span class="pv-optional">" optional"</span> })}
            </label>
            {children()}
            <Below id=id hint=hint problem=problem />
        </div>
    }
}

#[component]
pub fn Below(id: String, hint: String, problem: Option<String>) -> impl IntoView {
    view! {
        {(!hint.is_empty()).then(|| view! { <p class="pv-hint" id=format!("{id}-hint")>{hint}</p> })}
        {problem
            .map(|problem| {
                view! {
                    <p class="pv-problem" id=format!("{id}-problem")>
                        <crate::ui::Icon name=crate::ui::IconName::CircleAlert class="size-4" />
                        {problem}
                    </p>
                }
            })}
    }
}
