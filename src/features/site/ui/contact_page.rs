use crate::{
    features::site::words::StudioWords,
    ui::{PageHeader, PageTitle, PostForm, SitePage, SubmitButton, TextArea, TextField},
};
use leptos::prelude::*;

/// A message to the studio.
#[component]
pub fn ContactPage(words: StudioWords) -> impl IntoView {
    let email = words.contact_email.map(|email| {
        let href = format!("mailto:{email}");
        view! {
            <p class="text-muted">"Or write to " <a class="pv-link" href=href>{email}</a> "."</p>
        }
    });
    view! {
        <PageTitle title="Contact" description=format!("Write to {}.", words.name) />
        <SitePage>
            <div class="pv-contact">
                <div>
                    <PageHeader title="Contact" text="Tell us the day and the place, and what matters to you about it. We answer within two days." />
                    {email}
                </div>
                <PostForm action="send_message">
                    <TextField name="name" label="Your name" autocomplete="name" required=true maxlength=120u32 />
                    <TextField name="email" label="Your e-mail address" kind="email" autocomplete="email" required=true maxlength=254u32 />
                    <TextArea name="message" label="Message" rows=7 required=true maxlength=5000u32 />
                    <SubmitButton label="Send message" />
                </PostForm>
            </div>
        </SitePage>
    }
}
