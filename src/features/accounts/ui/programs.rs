use crate::{
    features::accounts::ProgramRow,
    shared::{Feedback, Scope},
    ui::{Cell, Checkbox, Mood, Notice, PostForm, SubmitButton, Table, TextField, Tone},
};
use leptos::prelude::*;

/// The tokens that the person made for programs, and the form that makes one more.
#[component]
pub fn Programs(programs: Vec<ProgramRow>) -> impl IntoView {
    let fresh = use_context::<Feedback>().and_then(|feedback| feedback.shown_once);
    let choice = |scope: Scope| view! { <Checkbox name="scopes[]" label=scope.title() value=scope.as_str() /> };
    view! {
        <section id="programs">
            <h2 class="mb-2">"Programs"</h2>
            <p class="pv-hint mb-4">
                "A token lets a program of yours work here in your name, with the " <a href="/api/docs">"API"</a> ". Treat it like a password."
            </p>
            {fresh.map(|secret| view! { <Fresh secret=secret /> })}
            {(!programs.is_empty())
                .then(|| {
                    view! {
                        <Table caption="Tokens for programs" heads=vec!["Name", "May", "Since", "Last used", ""]>
                            {programs.into_iter().map(|program| view! { <Row program=program /> }).collect_view()}
                        </Table>
                    }
                })}
            <PostForm action="make_token" class="pv-form mt-6 max-w-2xl">
                <TextField name="name" label="What a new token is for" placeholder="Backup at home" required=true maxlength=80u32 />
                <fieldset class="pv-field" id="make_token-scopes">
                    <legend>"What the program may do"</legend>
                    {Scope::for_programs().map(choice).collect_view()}
                </fieldset>
                <div class="pv-actions">
                    <SubmitButton label="Make a token" tone=Tone::Quiet />
                </div>
            </PostForm>
        </section>
    }
}

#[component]
fn Fresh(secret: String) -> impl IntoView {
    view! {
        <div class="mb-6">
            <Notice mood=Mood::Good title="Copy your token now">
                <p>"It is shown this one time; we keep only its fingerprint."</p>
                <p class="mt-2">
                    <code class="break-all select-all">{secret}</code>
                </p>
            </Notice>
        </div>
    }
}

#[component]
fn Row(program: ProgramRow) -> impl IntoView {
    let may = program.scopes.iter().map(|scope| scope.as_str()).collect::<Vec<_>>().join(", ");
    view! {
        <tr>
            <Cell>{program.name}</Cell>
            <Cell label="May">{may}</Cell>
            <Cell label="Since">{program.since}</Cell>
            <Cell label="Last used">{program.seen.unwrap_or_else(|| "never".into())}</Cell>
            <Cell>
                <PostForm action="revoke_token" about=("token", program.id.to_string()) class="pv-actions">
                    <SubmitButton label="Revoke" tone=Tone::Ghost />
                </PostForm>
            </Cell>
        </tr>
    }
}
