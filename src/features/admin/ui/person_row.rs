use crate::{
    features::accounts::PersonRow,
    ui::{Badge, Cell, Confirm, HiddenField, Mood, PostForm, SubmitButton, Tone},
};
use leptos::prelude::*;

/// One person, with the switch for their account.
#[component]
pub fn Row(person: PersonRow) -> impl IntoView {
    let (word, mood) = if person.is_active { ("Active", Mood::Good) } else { ("Switched off", Mood::Neutral) };
    let PersonRow { name, email, since, .. } = person.clone();
    view! {
        <tr>
            <Cell>
                <p class="font-medium">{name}</p>
                <p class="text-sm text-muted">{email} {(!person.is_proven).then_some(", not confirmed")}</p>
            </Cell>
            <Cell label="Role">{person.role.title()}</Cell>
            <Cell label="Since">{since}</Cell>
            <Cell label="State">
                <Badge label=word mood=mood />
            </Cell>
            <Cell>
                <AccountSwitch person=person />
            </Cell>
        </tr>
    }
}

#[component]
fn AccountSwitch(person: PersonRow) -> impl IntoView {
    let about = ("user", person.id.to_string());
    if !person.is_active {
        return view! {
            <PostForm action="set_active" about=about class="pv-actions">
                <HiddenField name="active" value="true" />
                <SubmitButton label="Switch on" tone=Tone::Ghost />
            </PostForm>
        }
        .into_any();
    }
    view! {
        <Confirm
            label="Switch off"
            question=format!("Switch off the account of {}?", person.name)
            text="They are signed out everywhere at once and cannot come back until you switch it on again. Nothing is deleted."
        >
            <PostForm action="set_active" about=about class="pv-actions">
                <HiddenField name="active" value="false" />
                <SubmitButton label="Switch off" tone=Tone::Danger />
            </PostForm>
        </Confirm>
    }
    .into_any()
}
