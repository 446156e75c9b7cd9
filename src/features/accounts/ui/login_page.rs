use crate::{
    features::accounts::entrance,
    paths,
    ui::{BarePage, Checkbox, HiddenField, Load, PageHeader, PageTitle, PasswordField, PostForm, SubmitButton, TextField, query},
};
use leptos::prelude::*;

/// The way in. Who is in already is led on.
#[component]
pub fn LoginPage() -> impl IntoView {
    let next = query("next").unwrap_or_default();
    let register = with_next(paths::REGISTER, &next);
    let on = next.clone();
    view! {
        <Load what=move || entrance(on) let:_>
            <PageTitle title="Sign in" description="Sign in to see your photographs." />
            <BarePage>
                <PageHeader title="Sign in" text="To see your photographs." />
                <PostForm action="sign_in">
                    <HiddenField name="next" value=next />
                    <TextField name="email" label="E-mail address" kind="email" autocomplete="username" required=true autofocus=true maxlength=254u32 />
                    <PasswordField />
                    <Checkbox name="stay" label="Stay signed in" hint="Only on a device of your own." />
                    <SubmitButton label="Sign in" />
                </PostForm>
                <p class="mt-6">
                    <a class="pv-link" href=paths::FORGOT>
                        "Forgotten your password?"
                    </a>
                </p>
                <p class="mt-3">
                    <a class="pv-link" href=paths::VERIFY>
                        "You have a code from our letter?"
                    </a>
                </p>
                <p class="mt-3 text-muted">
                    "New here? " <a class="pv-link" href=register>
                        "Make an account"
                    </a>
                </p>
            </BarePage>
        </Load>
    }
}

/// A page of this domain that leads on to where the person wanted to go.
pub fn with_next(path: &str, next: &str) -> String {
    match paths::own(next) {
        Some(next) => format!("{path}?next={}", paths::encode(next)),
        None => path.into(),
    }
}
