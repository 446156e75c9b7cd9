use crate::{
    features::accounts::confirmation,
    paths,
    ui::{BarePage, ButtonLink, HiddenField, Load, Mood, Notice, PageHeader, PageTitle, PostForm, SubmitButton, Tone, param},
};
use leptos::prelude::*;

/// Behind the link of the welcome letter. Looking at the page confirms nothing: mail programs look at links too.
#[component]
pub fn ConfirmPage() -> impl IntoView {
    let token = param("token");
    let asked = token.clone();
    view! {
        <Load what=move || confirmation(asked) let:link>
            <PageTitle title="Confirm your address" description="Confirm that this address is yours." noindex=true />
            <BarePage>
                <PageHeader title="Confirm your address" text="The photographs that are shared with it open for you then." />
                {if link.is_over {
                    view! {
                        <Notice mood=Mood::Warning>"This link was used before, or has run out."</Notice>
                        <div class="pv-actions mt-6">
                            <ButtonLink href=paths::PROFILE label="Go to your profile" tone=Tone::Primary />
                        </div>
                    }
                        .into_any()
                } else {
                    view! {
                        <PostForm action="confirm_email">
                            <HiddenField name="token" value=token />
                            <p>"Is " <strong>{link.email}</strong> " your address?"</p>
                            <SubmitButton label="Confirm address" />
                        </PostForm>
                    }
                        .into_any()
                }}
            </BarePage>
        </Load>
    }
}
