use crate::{
    features::admin::{MailRow, Piece, outbox},
    paths,
    ui::{Badge, EmptyState, IconName, Load, Mood, PageHeader, PageTitle, StudioPage},
};
use leptos::prelude::*;

/// The letters that the studio sent, to be read here.
#[component]
pub fn MailPage() -> impl IntoView {
    view! {
        <Load what=outbox let:letters>
            <PageTitle title="Mail" description="The letters that this studio sent." noindex=true />
            <StudioPage>
                <PageHeader title="Mail" text="The newest 200 letters. They also lie in the folder “mail” of the data folder." back=(paths::ADMIN.into(), "Admin".into()) />
                {if letters.is_empty() {
                    view! { <EmptyState icon=IconName::Mail title="No letters yet" text="Invitations, receipts and answers to forgotten passwords will be here." /> }.into_any()
                } else {
                    view! { <ul class="pv-stack max-w-3xl">{letters.into_iter().map(|letter| view! { <Letter letter=letter /> }).collect_view()}</ul> }.into_any()
                }}
            </StudioPage>
        </Load>
    }
}

#[component]
fn Letter(letter: MailRow) -> impl IntoView {
    let (word, mood) = match (letter.sent.is_empty(), letter.failure.is_empty()) {
        (false, _) => (format!("Sent {}", letter.sent), Mood::Good),
        (true, true) => ("Waiting".to_string(), Mood::Neutral),
        (true, false) => ("Not sent yet".to_string(), Mood::Warning),
    };
    view! {
        <li class="pv-panel">
            <h2>{letter.subject}</h2>
            <p class="text-sm text-muted">"To " {letter.to} ", written " {letter.written}</p>
            <p class="mt-2">
                <Badge label=word mood=mood />
            </p>
            {(!letter.failure.is_empty()).then(|| view! { <p class="mt-2 text-sm">{letter.failure}</p> })}
            <details class="mt-3">
                <summary>"Read the letter"</summary>
                <p class="mt-3 whitespace-pre-wrap break-words">{letter.text.into_iter().map(piece).collect_view()}</p>
            </details>
        </li>
    }
}

fn piece(piece: Piece) -> AnyView {
    match piece {
        Piece::Words(words) => words.into_any(),
        Piece::Link(link) => {
            let href = link.clone();
            view! { <a class="pv-link" href=href rel="nofollow">{link}</a> }.into_any()
        }
    }
}
