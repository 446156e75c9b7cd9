use crate::{
    paths,
    ui::{BarePage, PageHeader, PageTitle, PostForm, SubmitButton, TextField, Tone, query},
};
use leptos::prelude::*;

/// Where the code from the letter is typed in. The answers are the same for every address.
#[component]
pub fn VerifyPage() -> impl IntoView {
    let email = query("email").unwrap_or_default();
    let again = email.clone();
    view! {
        <PageTitle title="Confirm your address" description="Type in the code from our letter to confirm your address." noindex=true />
        <BarePage>
            <PageHeader title="Confirm your address" text="We have sent you a letter with six digits. They count for 10 minutes." />
            <PostForm action="verify_email">
                <TextField name="email" label="E-mail address" kind="email" value=email autocomplete="username" required=true maxlength=254u32 />
                <TextField name="code" label="Code" inputmode="numeric" autocomplete="one-time-code" required=true maxlength=10u32 />
                <SubmitButton label="Confirm" />
            </PostForm>
            <PostForm action="resend_code" class="mt-8 pv-form">
                <TextField name="email" label="No letter? Send a new code to" kind="email" value=again autocomplete="username" required=true maxlength=254u32 />
                <SubmitButton label="Send a new code" tone=Tone::Quiet />
            </PostForm>
            <p class="mt-6">
                <a class="pv-link" href=paths::LOGIN>
                    "Back to sign in"
                </a>
            </p>
        </BarePage>
    }
}
