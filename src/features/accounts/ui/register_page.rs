use super::login_page::with_next;
use crate::{
    features::accounts::entrance,
    paths,
    ui::{BarePage, HiddenField, Load, PageHeader, PageTitle, PasswordField, PostForm, SubmitButton, TextField, query},
};
use leptos::prelude::*;

/// A new account, for somebody whose photographs are here or will be.
#[component]
pub fn RegisterPage() -> impl IntoView {
    let next = query("next").unwrap_or_default();
    let login = with_next(paths::LOGIN, &next);
    let on = next.clone();
    view! {
        <Load what=move || entrance(on) let:_>
            <PageTitle title="Make an account" description="Make an account to see, keep and buy your photographs." />
            <BarePage>
                <PageHeader title="Make an account" text="Use the address that the studio knows: your photographs find you by it." />
                <PostForm action="sign_up">
                    <HiddenField name="next" value=next />
                    <TextField name="name" label="Your name" autocomplete="name" required=true autofocus=true maxlength=80u32 />
                    <TextField name="email" label="E-mail address" kind="email" autocomplete="username" required=true maxlength=254u32 />
                    <NewPassword />
                    <SubmitButton label="Make account" />
                </PostForm>
                <p class="mt-6 text-muted">
                    "You have one? " <a class="pv-link" href=login>
                        "Sign in"
                    </a>
                </p>
            </BarePage>
        </Load>
    }
}

/// A new password, twice.
#[component]
pub fn NewPassword() -> impl IntoView {
    view! {
        <PasswordField label="New password" hint="At least 10 characters. A short sentence is best." autocomplete="new-password" />
        <PasswordField name="password2" label="The same once more" autocomplete="new-password" />
    }
}
