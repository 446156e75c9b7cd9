use super::shell::{Field, Told};
use leptos::prelude::*;

/// One line of text: a name, an address, a date, a number, a price. `kind` is the HTML input type.
#[component]
pub fn TextField(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] value: String,
    #[prop(optional, into)] hint: String,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional, into)] autocomplete: Option<&'static str>,
    /// `decimal` for prices, `numeric` for counts: which keyboard a phone shows.
    #[prop(optional, into)]
    inputmode: Option<&'static str>,
    #[prop(optional, into)] placeholder: Option<String>,
    #[prop(optional)] required: bool,
    /// Says "optional" beside the label; for forms in which most fields are required.
    #[prop(optional)]
    optional: bool,
    #[prop(optional)] autofocus: bool,
    #[prop(optional, into)] maxlength: Option<u32>,
    #[prop(optional, into)] min: Option<String>,
    #[prop(optional, into)] max: Option<String>,
) -> impl IntoView {
    let told = Told::about(&name);
    let (described_by, invalid) = (told.described_by(&hint), told.invalid());
    view! {
        <Field id=told.id.clone() label=label hint=hint problem=told.problem optional=optional>
            <input
                class="pv-input"
                id=told.id
                name=name
                type=kind
                value=told.typed.unwrap_or(value)
                autocomplete=autocomplete
                inputmode=inputmode
                placeholder=placeholder
                required=required
                maxlength=maxlength.map(|n| n.to_string())
                min=min
                max=max
                autofocus=told.first_wrong || (autofocus && !told.sent)
                aria-describedby=described_by
                aria-invalid=invalid
            />
        </Field>
    }
}

/// A password is never shown again, not even the one just typed.
#[component]
pub fn PasswordField(
    #[prop(default = "password".into(), into)] name: String,
    #[prop(default = "Password".into(), into)] label: String,
    #[prop(optional, into)] hint: String,
    /// `current-password` to sign in, `new-password` to choose one.
    #[prop(default = "current-password")]
    autocomplete: &'static str,
) -> impl IntoView {
    let told = Told::about(&name);
    let (described_by, invalid) = (told.described_by(&hint), told.invalid());
    view! {
        <Field id=told.id.clone() label=label hint=hint problem=told.problem optional=false>
            <input
                class="pv-input"
                id=told.id
                name=name
                type="password"
                autocomplete=autocomplete
                required
                autofocus=told.first_wrong
                aria-describedby=described_by
                aria-invalid=invalid
            />
        </Field>
    }
}

/// Several lines of text.
#[component]
pub fn TextArea(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] value: String,
    #[prop(optional, into)] hint: String,
    #[prop(default = 5)] rows: u32,
    #[prop(optional)] required: bool,
    #[prop(optional)] optional: bool,
    #[prop(optional, into)] maxlength: Option<u32>,
) -> impl IntoView {
    let told = Told::about(&name);
    let (described_by, invalid) = (told.described_by(&hint), told.invalid());
    view! {
        <Field id=told.id.clone() label=label hint=hint problem=told.problem optional=optional>
            <textarea
                class="pv-input"
                id=told.id
                name=name
                rows=rows.to_string()
                required=required
                maxlength=maxlength.map(|n| n.to_string())
                autofocus=told.first_wrong
                aria-describedby=described_by
                aria-invalid=invalid
            >
                {told.typed.unwrap_or(value)}
            </textarea>
        </Field>
    }
}
