use crate::{
    features::site::{Settings, SettingsView, Studio, WatermarkStyle, studio_settings},
    ui::{Load, Notice, PageHeader, PageTitle, PostForm, RadioGroup, Select, StudioPage, SubmitButton, TextArea, TextField},
};
use leptos::prelude::*;

/// The studio's settings: for the owner to change, for photographers to read.
#[component]
pub fn SettingsPage() -> impl IntoView {
    view! {
        <Load what=studio_settings let:view>
            <PageTitle title="Settings" description="The studio's settings." noindex=true />
            <StudioPage>
                <PageHeader title="Settings" text="What the studio says about itself, and how it sells." />
                {if view.is_mine { view! { <SettingsForm view=view /> }.into_any() } else { view! { <ForReading studio=view.studio /> }.into_any() }}
            </StudioPage>
        </Load>
    }
}

#[component]
fn SettingsForm(view: SettingsView) -> impl IntoView {
    let SettingsView { studio, mut zones, .. } = view;
    if !zones.contains(&studio.time_zone) {
        zones.push(studio.time_zone.clone());
    }
    let zones = zones.into_iter().map(|zone| (zone.clone(), zone.replace('_', " "))).collect();
    let styles = WatermarkStyle::ALL.iter().map(|style| (style.to_string(), style.words().to_string(), String::new())).collect();
    view! {
        <PostForm action="change_settings" class="pv-form max-w-2xl">
            <h2>"The studio"</h2>
            <TextField name="name" label="Name" value=studio.name required=true maxlength=80u32 />
            <TextField name="tagline" label="Tagline" value=studio.tagline hint="One line under the name." optional=true maxlength=160u32 />
            <TextArea name="about" label="About" value=studio.about rows=8 optional=true hint="An empty line begins a new paragraph." maxlength=10_000u32 />
            <TextArea
                name="services"
                label="Services"
                value=studio.services
                rows=8
                optional=true
                hint="An empty line begins a new service; its first line is the name."
                maxlength=10_000u32
            />
            <TextField
                name="contact_email"
                label="E-mail address for everybody"
                kind="email"
                value=studio.contact_email
                hint="Shown on the contact page and at the foot of every page. Messages from the form reach you without it."
                optional=true
                maxlength=254u32
            />
            <h2>"Selling"</h2>
            <Select name="time_zone" label="Time zone" options=zones value=studio.time_zone />
            <TextField
                name="currency"
                label="Currency"
                value=studio.currency.code()
                hint=if studio.currency_fixed { "There are prices in this currency, so it stays." } else { "Three letters, such as EUR. It stays once there is a price." }
                required=true
                maxlength=3u32
            />
            <TextArea
                name="payment_instructions"
                label="How to pay"
                value=studio.payment_instructions
                rows=4
                optional=true
                hint="Shown with each order that waits for a transfer or is paid at the studio."
                maxlength=10_000u32
            />
            <TextArea
                name="invoice_details"
                label="On invoices"
                value=studio.invoice_details
                rows=4
                optional=true
                hint="The studio's address and tax number. They stand on every invoice from now on."
                maxlength=10_000u32
            />
            <h2>"Watermark"</h2>
            <TextField name="watermark_text" label="Words" value=studio.watermark_text required=true maxlength=60u32 />
            <RadioGroup
                name="watermark_style"
                label="Place"
                value=studio.watermark_style.as_str()
                options=styles
            />
            <TextField
                name="watermark_opacity"
                label="Opacity in percent"
                kind="number"
                inputmode="numeric"
                value=studio.watermark_opacity.to_string()
                min=Settings::OPACITY.start().to_string()
                max=Settings::OPACITY.end().to_string()
                required=true
            />
            <div class="pv-actions">
                <SubmitButton label="Save settings" />
            </div>
        </PostForm>
    }
}

#[component]
fn ForReading(studio: Studio) -> impl IntoView {
    let fact = |name: &'static str, value: String| {
        view! {
            <dt>{name}</dt>
            <dd>{if value.is_empty() { "Not set".to_string() } else { value }}</dd>
        }
    };
    view! {
        <div class="pv-stack max-w-2xl">
            <Notice>"The studio's owner changes these."</Notice>
            <dl class="pv-facts">
                {fact("Name", studio.name)} {fact("Tagline", studio.tagline)} {fact("Time zone", studio.time_zone)}
                {fact("Currency", studio.currency.code().to_string())} {fact("How to pay", studio.payment_instructions)}
                {fact("Watermark", format!("{} ({}, {} %)", studio.watermark_text, studio.watermark_style.words(), studio.watermark_opacity))}
            </dl>
        </div>
    }
}
