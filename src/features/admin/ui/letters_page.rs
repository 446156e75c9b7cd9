use crate::{
    features::admin::{SampleRow, sample_letters},
    paths,
    ui::{ButtonLink, IconName, Load, PageHeader, PageTitle, StudioPage, Tone},
};
use leptos::prelude::*;

/// Every letter that the studio may write, as people will see it.
#[component]
pub fn LettersPage() -> impl IntoView {
    view! {
        <Load what=sample_letters let:samples>
            <PageTitle title="Letters" description="What this studio's letters look like." noindex=true />
            <StudioPage>
                <PageHeader
                    title="Letters"
                    text="What this studio's letters look like, with your own galleries and orders in them. Links in here lead nowhere."
                    back=(paths::ADMIN_MAIL.into(), "Mail".into())
                />
                <ul class="pv-stack max-w-3xl">{samples.into_iter().map(|sample| view! { <Sample sample=sample /> }).collect_view()}</ul>
            </StudioPage>
        </Load>
    }
}

#[component]
fn Sample(sample: SampleRow) -> impl IntoView {
    let SampleRow { name, title, subject, text } = sample;
    view! {
        <li class="pv-panel">
            <h2>{title}</h2>
            {match text {
                None => view! { <p class="text-sm text-muted">"There is nothing yet that this letter could tell."</p> }.into_any(),
                Some(text) => {
                    view! {
                        <p class="text-sm text-muted">{subject}</p>
                        <p class="mt-3">
                            <ButtonLink href=paths::sample_letter(name) label="See it as it arrives" icon=IconName::ExternalLink tone=Tone::Ghost />
                        </p>
                        <details class="mt-3">
                            <summary>"Read it as text"</summary>
                            <p class="mt-3 whitespace-pre-wrap break-words">{text}</p>
                        </details>
                    }
                        .into_any()
                }
            }}
        </li>
    }
}
