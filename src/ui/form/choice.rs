use super::shell::{Below, Told};
use leptos::prelude::*;

/// A box to tick. Unticked it sends nothing, ticked it sends `value`.
#[component]
pub fn Checkbox(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional)] checked: bool,
    #[prop(default = "true".into(), into)] value: String,
    #[prop(optional, into)] hint: String,
    #[prop(optional)] required: bool,
) -> impl IntoView {
    view! { <Tick name=name label=label checked=checked value=value hint=hint required=required switch=false /> }
}

/// The same, for something that is on or off.
#[component]
pub fn Switch(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional)] checked: bool,
    #[prop(default = "true".into(), into)] value: String,
    #[prop(optional, into)] hint: String,
) -> impl IntoView {
    view! { <Tick name=name label=label checked=checked value=value hint=hint required=false switch=true /> }
}

#[component]
fn Tick(name: String, label: String, checked: bool, value: String, hint: String, required: bool, switch: bool) -> impl IntoView {
    let told = Told::about(&name);
    let (described_by, invalid) = (told.described_by(&hint), told.invalid());
    let checked = if told.sent { told.all_typed.contains(&value) } else { checked };
    let id = format!("{}-{value}", told.id);
    let id_for = id.clone();
    view! {
        <div class="pv-tick">
            <label for=id_for>
                <input
                    class=if switch { "pv-switch" } else { "pv-checkbox" }
                    id=id
                    type="checkbox"
                    role=switch.then_some("switch")
                    name=name
                    value=value
                    checked=checked
                    required=required
                    autofocus=told.first_wrong
                    aria-describedby=described_by
                    aria-invalid=invalid
                />
                <span>{label}</span>
            </label>
            <Below id=told.id hint=hint problem=told.problem />
        </div>
    }
}

/// One of a few, all of them visible: value, words, and a quiet line (may be empty).
#[component]
pub fn RadioGroup(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    options: Vec<(String, String, String)>,
    #[prop(optional, into)] value: String,
    #[prop(optional, into)] hint: String,
) -> impl IntoView {
    let told = Told::about(&name);
    let described_by = told.described_by(&hint);
    let chosen = told.typed.unwrap_or(value);
    let group = told.id.clone();
    let option = move |(value, words, line): (String, String, String)| {
        let checked = value == chosen;
        view! {
            <label class="pv-radio">
                <input type="radio" name=name.clone() value=value checked=checked />
                <span>
                    {words} {(!line.is_empty()).then(|| view! { <span class="pv-hint">{line}</span> })}
                </span>
            </label>
        }
    };
    view! {
        <fieldset class="pv-field" id=group aria-describedby=described_by>
            <legend>{label}</legend>
            <div class="pv-radios">{options.into_iter().map(option).collect_view()}</div>
            <Below id=told.id hint=hint problem=told.problem />
        </fieldset>
    }
}
