use crate::{
    features::orders::{PaymentMethod, SandboxWish},
    ui::{HiddenField, RadioGroup},
};
use leptos::prelude::*;

/// How to pay. Where the sandbox is on, it says clearly what it is and asks what it should do.
#[component]
pub fn WaysToPay(offers_sandbox: bool, #[prop(default = PaymentMethod::Offline)] chosen: PaymentMethod) -> impl IntoView {
    if !offers_sandbox {
        return view! {
            <HiddenField name="payment" value=PaymentMethod::Offline.as_str() />
            <p>"You pay by bank transfer or at the studio. How to do it stands on the next page and in the letter that we send you."</p>
        }
        .into_any();
    }
    let way = |method: PaymentMethod, line: &str| (method.as_str().to_string(), method.title().to_string(), line.to_string());
    let wish = |wish: SandboxWish, words: &str| (wish.as_str().to_string(), words.to_string(), String::new());
    view! {
        <RadioGroup
            name="payment"
            label="How would you like to pay?"
            options=vec![
                way(PaymentMethod::Offline, "How to do it stands on the next page and in the letter that we send you."),
                way(PaymentMethod::Sandbox, "For trying things out: the order is settled as if it were paid, and nothing is charged."),
            ]
            value=chosen.as_str()
        />
        <RadioGroup
            name="wish"
            label="What should the sandbox do?"
            options=vec![
                wish(SandboxWish::Success, "Let the payment succeed"),
                wish(SandboxWish::Decline, "Decline the payment"),
                wish(SandboxWish::AnswerLost, "Take the payment, but lose the answer"),
            ]
            value=SandboxWish::Success.as_str()
            hint="Counts with the sandbox payment only."
        />
    }
    .into_any()
}
