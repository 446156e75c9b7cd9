use super::shell::{Field, Told};
use leptos::prelude::*;

/// Files from the person's device. Which of the last try were refused, and why, stands at the top of the form.
#[component]
pub fn FileField(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    /// As in HTML: `image/jpeg,image/png`.
    #[prop(optional, into)]
    accept: Option<&'static str>,
    #[prop(optional)] multiple: bool,
    #[prop(optional)] required: bool,
    #[prop(optional, into)] hint: String,
) -> impl IntoView {
    let told = Told::about(&name);
    let (described_by, invalid) = (told.described_by(&hint), told.invalid());
    view! {
        <Field id=told.id.clone() label=label hint=hint problem=told.problem optional=false>
            <input
                class="pv-input pv-file"
                id=told.id
                name=name
                type="file"
                accept=accept
                multiple=multiple
                required=required
                autofocus=told.first_wrong
                aria-describedby=described_by
                aria-invalid=invalid
            />
        </Field>
    }
}

/// Something the form carries along that nobody types.
#[component]
pub fn HiddenField(#[prop(into)] name: String, #[prop(into)] value: String) -> impl IntoView {
    view! { <input type="hidden" name=name value=value /> }
}
