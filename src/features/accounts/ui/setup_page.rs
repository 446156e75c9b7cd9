use super::register_page::NewPassword;
use crate::{
    features::accounts::first_run,
    ui::{BarePage, Load, PageHeader, PageTitle, PostForm, Select, SubmitButton, TextField},
};
use leptos::prelude::*;

/// The first page of a new installation, and the only one until it is done.
#[component]
pub fn SetupPage() -> impl IntoView {
    view! {
        <Load what=first_run let:zones>
            <PageTitle title="Open your studio" description="Set up this installation of PhotoVault." noindex=true />
            <BarePage>
                <PageHeader title="Open your studio" text="Five minutes, once. Everything here can be changed later." />
                <PostForm action="set_up">
                    <TextField
                        name="code"
                        label="One-time code"
                        hint="The program printed it in its log when it started."
                        autocomplete="off"
                        required=true
                        autofocus=true
                        maxlength=40u32
                    />
                    <h2>"The studio"</h2>
                    <TextField name="studio" label="Name of the studio" autocomplete="organization" required=true maxlength=80u32 />
                    <Select name="time_zone" label="Time zone" options=zones.into_iter().map(|zone| (zone.clone(), zone.replace('_', " "))).collect() value="UTC" />
                    <TextField name="currency" label="Currency" value="EUR" hint="Three letters, such as EUR. It stays once there is a price." required=true maxlength=3u32 />
                    <h2>"You, its owner"</h2>
                    <TextField name="name" label="Your name" autocomplete="name" required=true maxlength=80u32 />
                    <TextField name="email" label="E-mail address" kind="email" autocomplete="username" required=true maxlength=254u32 />
                    <NewPassword />
                    <SubmitButton label="Open the studio" />
                </PostForm>
            </BarePage>
        </Load>
    }
}
