use super::register_page::NewPassword;
use crate::{
    features::accounts::{LinkPage, reset_link},
    paths,
    ui::{BarePage, ButtonLink, HiddenField, Load, Mood, Notice, PageHeader, PageTitle, PostForm, SubmitButton, Tone, param},
};
use leptos::prelude::*;

/// Behind the link of a letter: the new password. Looking at the page uses nothing up.
#[component]
pub fn ResetPage() -> impl IntoView {
    let token = param("token");
    let asked = token.clone();
    view! {
        <Load what=move || reset_link(asked) let:link>
            <PageTitle title="Choose a new password" description="Choose a new password for your account." noindex=true />
            <BarePage>
                <PageHeader title="Choose a new password" text=format!("For {}.", link.email) />
                <Form token=token link=link />
            </BarePage>
        </Load>
    }
}

#[component]
fn Form(token: String, link: LinkPage) -> impl IntoView {
    if link.is_over {
        return view! {
            <Notice mood=Mood::Warning>"This link was used before, has run out, or a newer one was sent."</Notice>
            <div class="pv-actions mt-6">
                <ButtonLink href=paths::FORGOT label="Send a new letter" tone=Tone::Primary />
            </div>
        }
        .into_any();
    }
    view! {
        <PostForm action="reset_password">
            <HiddenField name="token" value=token />
            // for password managers: which account this is
            <input type="hidden" autocomplete="username" value=link.email />
            <NewPassword />
            <SubmitButton label="Set new password" />
        </PostForm>
        <p class="mt-6 text-muted">"You will be signed in here, and signed out everywhere else."</p>
    }
    .into_any()
}
