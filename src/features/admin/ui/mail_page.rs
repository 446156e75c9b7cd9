use crate::{
    features::admin::{MailDesk, MailRow, Piece, Standing, outbox},
    paths,
    ui::{Badge, ButtonLink, EmptyState, IconName, Load, Mood, Notice, PageHeader, PageTitle, PostForm, StudioPage, SubmitButton, Tone},
};
use leptos::prelude::*;

/// The letters that the studio sent, to be read here.
#[component]
pub fn MailPage() -> impl IntoView {
    view! {
        <Load what=outbox let:desk>
            <PageTitle title="Mail" description="The letters that this studio sent." noindex=true />
            <StudioPage>
                <PageHeader title="Mail" text=whereto(&desk) back=(paths::ADMIN.into(), "Admin".into())>
                    <ButtonLink href=paths::ADMIN_LETTERS label="What letters look like" icon=IconName::Eye />
                </PageHeader>
                {(!desk.trouble.is_empty())
                    .then(|| {
                        view! {
                            <Notice mood=Mood::Warning title="Letters are waiting.">
                                <p>{desk.trouble.clone()}</p>
                                <p>"They are tried again by themselves, for three days."</p>
                            </Notice>
                        }
                    })}
                {(desk.failed > 1)
                    .then(|| {
                        view! {
                            <PostForm action="lay_letters_aside" class="pv-actions">
                                <SubmitButton label="Lay all aside that did not arrive" tone=Tone::Quiet icon=IconName::Check />
                            </PostForm>
                        }
                    })}
                {if desk.letters.is_empty() {
                    view! { <EmptyState icon=IconName::Mail title="No letters yet" text="Invitations, receipts and answers to forgotten passwords will be here." /> }.into_any()
                } else {
                    view! { <ul class="pv-stack max-w-3xl">{desk.letters.into_iter().map(|letter| view! { <Letter letter=letter /> }).collect_view()}</ul> }.into_any()
                }}
            </StudioPage>
        </Load>
    }
}

fn whereto(desk: &MailDesk) -> String {
    match desk.is_folder {
        true => "The newest 200 letters, and first those that did not arrive. No mail server is set up: they lie in the folder “mail” of the data folder.".into(),
        false => "The newest 200 letters, and first those that did not arrive.".into(),
    }
}

#[component]
fn Letter(letter: MailRow) -> impl IntoView {
    let (word, mood) = match letter.standing {
        Standing::Sent => (format!("Sent {}", letter.when), Mood::Good),
        Standing::Waiting => ("Waiting".to_string(), Mood::Neutral),
        Standing::Delayed => (format!("Next try {}", letter.when), Mood::Warning),
        Standing::Bounced => ("Came back".to_string(), Mood::Error),
        Standing::GivenUp => (format!("Given up after {} tries", letter.tries), Mood::Error),
        Standing::LaidAside => ("Did not arrive, laid aside".to_string(), Mood::Neutral),
    };
    let id = letter.id.to_string();
    view! {
        <li class="pv-panel">
            <h2>{letter.subject}</h2>
            <p class="text-sm text-muted">"To " {letter.to} ", written " {letter.written}</p>
            <p class="mt-2">
                <Badge label=word mood=mood />
            </p>
            {(!letter.failure.is_empty()).then(|| view! { <p class="mt-2 text-sm break-words">{letter.failure}</p> })}
            {matches!(letter.standing, Standing::Bounced | Standing::GivenUp | Standing::LaidAside)
                .then(|| {
                    view! {
                        <PostForm action="resend_letter" class="pv-actions mt-3" about=("mail", id.clone())>
                            <SubmitButton label="Send again" tone=Tone::Quiet icon=IconName::Retry />
                        </PostForm>
                    }
                })}
            {matches!(letter.standing, Standing::Bounced | Standing::GivenUp)
                .then(|| {
                    view! {
                        <PostForm action="lay_letters_aside" class="pv-actions mt-3" about=("mail", id.clone())>
                            <SubmitButton label="Done with it" tone=Tone::Ghost icon=IconName::Check />
                        </PostForm>
                    }
                })}
            <details class="mt-3">
                <summary>"Read the letter"</summary>
                <p class="mt-3 whitespace-pre-wrap break-words">{letter.text.into_iter().map(piece).collect_view()}</p>
                <p class="mt-3">
                    <a class="pv-link" href=paths::letter(letter.id)>
                        "See it as it arrives"
                    </a>
                </p>
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
