use super::register_page::NewPassword;
use crate::{
    features::accounts::{InvitationView, invitation},
    paths,
    shared::Role,
    ui::{BarePage, ButtonLink, HiddenField, Load, Mood, Notice, PageHeader, PageTitle, PostForm, SubmitButton, TextField, Tone, param},
};
use leptos::prelude::*;

/// Behind the link of an invitation: a new account, or the word of somebody who has one.
#[component]
pub fn InvitationPage() -> impl IntoView {
    let token = param("token");
    let asked = token.clone();
    view! {
        <Load what=move || invitation(asked) let:found>
            <PageTitle title="Your invitation" description=format!("An invitation by {}.", found.studio) noindex=true />
            <BarePage>
                <PageHeader title="Your invitation" text=for_what(&found) />
                {if found.is_over {
                    view! { <Over /> }.into_any()
                } else if found.is_me {
                    view! { <Accept token=token /> }.into_any()
                } else if found.has_account {
                    view! { <SignInFirst token=token email=found.email /> }.into_any()
                } else {
                    view! { <Arrive token=token email=found.email /> }.into_any()
                }}
            </BarePage>
        </Load>
    }
}

fn for_what(found: &InvitationView) -> String {
    match found.role {
        Role::Client => format!("{} has photographs for you.", found.studio),
        role => format!("{} invites you to work as {}.", found.studio, role.title().to_lowercase()),
    }
}

#[component]
fn Arrive(token: String, email: String) -> impl IntoView {
    view! {
        <PostForm action="accept_invitation">
            <HiddenField name="token" value=token />
            <p class="text-muted">"Your account will have the address " <strong>{email.clone()}</strong> "."</p>
            <input type="hidden" autocomplete="username" value=email />
            <TextField name="name" label="Your name" autocomplete="name" required=true autofocus=true maxlength=80u32 />
            <NewPassword />
            <SubmitButton label="Accept invitation" />
        </PostForm>
    }
}

#[component]
fn Accept(token: String) -> impl IntoView {
    view! {
        <PostForm action="accept_invitation">
            <HiddenField name="token" value=token />
            <SubmitButton label="Accept invitation" />
        </PostForm>
    }
}

#[component]
fn SignInFirst(token: String, email: String) -> impl IntoView {
    view! {
        <p>"There is an account for " <strong>{email}</strong> " already. Sign in with it to accept."</p>
        <div class="pv-actions mt-6">
            <ButtonLink href=paths::login_then(&paths::invitation(&token)) label="Sign in" tone=Tone::Primary />
        </div>
    }
}

#[component]
fn Over() -> impl IntoView {
    view! {
        <Notice mood=Mood::Warning>"This invitation was accepted already, or has run out."</Notice>
        <div class="pv-actions mt-6">
            <ButtonLink href=paths::login_then(paths::GALLERIES) label="Sign in" tone=Tone::Primary />
            <ButtonLink href=paths::CONTACT label="Ask the studio" />
        </div>
    }
}
