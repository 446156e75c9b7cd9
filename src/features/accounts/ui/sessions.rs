use crate::{
    features::accounts::SessionRow,
    ui::{Badge, Cell, Mood, PostForm, SubmitButton, Table, Tone},
};
use leptos::prelude::*;

/// Where the person is signed in, and how to end it.
#[component]
pub fn Sessions(sessions: Vec<SessionRow>) -> impl IntoView {
    let several = sessions.len() > 1;
    view! {
        <section>
            <h2 class="mb-4">"Where you are signed in"</h2>
            <Table caption="Browsers and programs in which you are signed in" heads=vec!["Browser or program", "Since", "Last used", ""]>
                {sessions.into_iter().map(|session| view! { <Row session=session /> }).collect_view()}
            </Table>
            {several
                .then(|| {
                    view! {
                        <PostForm action="end_other_sessions" class="mt-4">
                            <SubmitButton label="Sign out everywhere else" tone=Tone::Quiet />
                        </PostForm>
                    }
                })}
        </section>
    }
}

#[component]
fn Row(session: SessionRow) -> impl IntoView {
    view! {
        <tr>
            <Cell>{session.device} " " {session.is_this.then(|| view! { <Badge label="This device" mood=Mood::Good /> })}</Cell>
            <Cell label="Since">{session.since}</Cell>
            <Cell label="Last used">{session.seen}</Cell>
            <Cell>
                <PostForm action="end_session" about=("session", session.id.to_string()) class="pv-actions">
                    <SubmitButton label="Sign out" tone=Tone::Ghost />
                </PostForm>
            </Cell>
        </tr>
    }
}
