use crate::{
    paths,
    ui::{BarePage, PageHeader, PageTitle, PostForm, SubmitButton, TextField},
};
use leptos::prelude::*;

/// Asks for a letter with a link. The answer is the same for every address.
#[component]
pub fn ForgotPage() -> impl IntoView {
    view! {
        <PageTitle title="Choose a new password" description="Ask for a letter with a link to choose a new password." noindex=true />
        <BarePage>
            <PageHeader title="Choose a new password" text="Tell us your address: we send you a link that works once, for 30 minutes." />
            <PostForm action="forgot_password">
                <TextField name="email" label="E-mail address" kind="email" autocomplete="username" required=true autofocus=true maxlength=254u32 />
                <SubmitButton label="Send the letter" />
            </PostForm>
            <p class="mt-6">
                <a class="pv-link" href=paths::LOGIN>
                    "Back to sign in"
                </a>
            </p>
        </BarePage>
    }
}
