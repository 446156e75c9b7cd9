use crate::{
    features::site::words::{PublicPicture, StudioWords},
    paths,
    ui::{ButtonLink, PageTitle, SitePage},
};
use leptos::prelude::*;

/// Who the studio is, in its own words, beside a photograph if there is one.
#[component]
pub fn AboutPage(words: StudioWords, #[prop(optional_no_strip)] picture: Option<PublicPicture>) -> impl IntoView {
    let paragraphs = words.paragraphs();
    let text = match paragraphs.is_empty() {
        true => view! { <p>"The studio has not written about itself yet. Ask away: we answer every message."</p> }.into_any(),
        false => paragraphs.into_iter().map(|text| view! { <p>{text}</p> }).collect_view().into_any(),
    };
    view! {
        <PageTitle title="About" description=words.tagline.clone() />
        <SitePage>
            <div class="pv-about">
                <article class="pv-prose">
                    <h1>"About " {words.name}</h1>
                    {text}
                    <p>
                        <ButtonLink href=paths::CONTACT label="Write to the studio" />
                    </p>
                </article>
                {picture.map(|picture| view! { <img class="pv-thumb" src=picture.small alt=picture.alt loading="lazy" decoding="async" /> })}
            </div>
        </SitePage>
    }
}
