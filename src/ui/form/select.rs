use super::shell::{Field, Told};
use leptos::prelude::*;

/// One of a list: pairs of value and words.
#[component]
pub fn Select(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    options: Vec<(String, String)>,
    #[prop(optional, into)] value: String,
    #[prop(optional, into)] hint: String,
    #[prop(optional)] required: bool,
) -> impl IntoView {
    let told = Told::about(&name);
    let (described_by, invalid) = (told.described_by(&hint), told.invalid());
    let chosen = told.typed.unwrap_or(value);
    let option = move |(value, words): (String, String)| {
        let selected = value == chosen;
        view! {
            <option value=value selected=selected>
                {words}
            </option>
        }
    };
    view! {
        <Field id=told.id.clone() label=label hint=hint problem=told.problem optional=false>
            <select
                class="pv-input pv-select"
                id=told.id
                name=name
                required=required
                autofocus=told.first_wrong
                aria-describedby=described_by
                aria-invalid=invalid
            >
                {options.into_iter().map(option).collect_view()}
            </select>
        </Field>
    }
}
