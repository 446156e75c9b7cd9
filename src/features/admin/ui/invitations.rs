use crate::{
    features::accounts::OpenInvitation,
    ui::{Badge, Cell, Confirm, IconName, PostForm, SubmitButton, Table, Tone},
};
use leptos::prelude::*;

/// Who was invited and has not come yet; nothing is drawn while there is nobody.
#[component]
pub fn Invitations(open: Vec<OpenInvitation>) -> impl IntoView {
    (!open.is_empty()).then(|| {
        view! {
            <section>
                <h2 class="mb-4">"Open invitations"</h2>
                <Table caption="Invitations that nobody has accepted yet" heads=vec!["Address", "Role", "Sent", "Until", ""]>
                    {open.into_iter().map(|invitation| view! { <Row invitation=invitation /> }).collect_view()}
                </Table>
            </section>
        }
    })
}

#[component]
fn Row(invitation: OpenInvitation) -> impl IntoView {
    let about = ("invitation", invitation.id.to_string());
    let by = (!invitation.inviter.is_empty()).then(|| format!("By {}", invitation.inviter));
    let question = format!("Revoke the invitation of {}?", invitation.email);
    let until = match invitation.is_over {
        true => view! { <Badge label="Has run out" /> }.into_any(),
        false => invitation.until.into_any(),
    };
    view! {
        <tr>
            <Cell>
                <bdi class="font-medium break-words">{invitation.email}</bdi>
                {by.map(|by| view! { <p class="text-sm text-muted">{by}</p> })}
            </Cell>
            <Cell label="Role">{invitation.role.title()}</Cell>
            <Cell label="Sent">{invitation.sent}</Cell>
            <Cell label="Until">{until}</Cell>
            <Cell>
                <div class="pv-actions">
                    <PostForm action="send_invitation_again" about=about.clone() class="contents">
                        <SubmitButton label="Send again" tone=Tone::Ghost icon=IconName::Retry />
                    </PostForm>
                    <Confirm
                        label="Revoke"
                        question=question
                        text="The link in the letter opens nothing any more. You can invite the address again."
                    >
                        <PostForm action="revoke_invitation" about=about>
                            <SubmitButton label="Revoke invitation" tone=Tone::Danger />
                        </PostForm>
                    </Confirm>
                </div>
            </Cell>
        </tr>
    }
}
