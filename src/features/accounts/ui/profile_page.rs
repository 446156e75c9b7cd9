use super::{programs::Programs, register_page::NewPassword, sessions::Sessions};
use crate::{
    features::accounts::{Profile, own_profile},
    ui::{Badge, Load, Mood, Notice, PageHeader, PageTitle, PasswordField, PostForm, SitePage, SubmitButton, TextField, Tone},
};
use leptos::prelude::*;

/// The person's own page: who they are here, their password, and where they are signed in.
#[component]
pub fn ProfilePage() -> impl IntoView {
    view! {
        <Load what=own_profile let:profile>
            <PageTitle title="Your profile" description="Your name, your password, and where you are signed in." noindex=true />
            <SitePage>
                <PageHeader title="Your profile" text=profile.role.title() />
                <div class="pv-stack max-w-2xl">
                    <Address profile=profile.clone() />
                    <section>
                        <h2 class="mb-4">"Name"</h2>
                        <PostForm action="change_profile">
                            <TextField name="name" label="Your name" value=profile.name autocomplete="name" required=true maxlength=80u32 />
                            <div class="pv-actions">
                                <SubmitButton label="Save name" tone=Tone::Quiet />
                            </div>
                        </PostForm>
                    </section>
                    <section>
                        <h2 class="mb-4">"Password"</h2>
                        <PostForm action="change_password">
                            <PasswordField name="old_password" label="Your password now" />
                            <NewPassword />
                            <div class="pv-actions">
                                <SubmitButton label="Change password" tone=Tone::Quiet />
                            </div>
                        </PostForm>
                    </section>
                </div>
                <div class="mt-10 max-w-4xl">
                    <Sessions sessions=profile.sessions />
                </div>
                <div class="mt-10 max-w-4xl">
                    <Programs programs=profile.programs />
                </div>
            </SitePage>
        </Load>
    }
}

/// Whether mail is known to arrive, and the letter once more if it isn't.
#[component]
fn Address(profile: Profile) -> impl IntoView {
    if profile.is_proven {
        return view! {
            <p>
                {profile.email} " " <Badge label="Confirmed" mood=Mood::Good />
            </p>
        }
        .into_any();
    }
    view! {
        <Notice mood=Mood::Warning title="Please confirm your address">
            <p>"Photographs that were shared with " {profile.email} " open for you as soon as you press the link in our letter."</p>
            <PostForm action="send_confirmation" class="mt-3">
                <SubmitButton label="Send the letter again" tone=Tone::Quiet />
            </PostForm>
        </Notice>
    }
    .into_any()
}
