use crate::{
    features::orders::{CopyState, OrderLine, Refundable},
    ui::{Checkbox, HiddenField, IconName, PostForm, SubmitButton, TextField, Tone},
};
use leptos::prelude::*;

/// Gives money back: for photographs, whose downloads end with it, or any amount, which leaves them alone.
#[component]
pub fn RefundForm(number: String, lines: Vec<OrderLine>, refundable: Refundable) -> impl IntoView {
    let rest = refundable.rest.to_string();
    let tick = |line: OrderLine| {
        let label = format!("{}, {}: {}", line.filename, line.size.title().to_lowercase(), line.amount);
        view! { <Checkbox name="lines[]" value=line.id.to_string() label=label /> }
    };
    let ticks: Vec<_> = lines.into_iter().filter(|line| line.copy != CopyState::Returned).map(tick).collect();
    view! {
        <details class="pv-panel">
            <summary>"Give money back"</summary>
            <div class="grid gap-4 pt-4">
                <p class="text-muted">{format!("Up to {rest}. It goes the way it came; a transfer or cash you return yourself, and it is written down here.")}</p>
                <PostForm action="refund_order" about=("number", number)>
                    <HiddenField name="seen" value=refundable.given.to_string() />
                    <fieldset class="grid gap-2">
                        <legend>"Photographs that are given back"</legend>
                        {ticks}
                        <p class="text-sm text-muted">"They can no longer be downloaded afterwards."</p>
                    </fieldset>
                    <TextField name="amount" label="Amount" hint="Empty: what the photographs cost. An amount alone leaves all downloads as they are." optional=true inputmode="decimal" />
                    <TextField name="reason" label="Reason" hint="Your client reads it in the letter and on the credit note." optional=true maxlength=200u32 />
                    <SubmitButton label="Give money back" icon=IconName::Retry tone=Tone::Danger />
                </PostForm>
            </div>
        </details>
    }
}
