use crate::{
    features::orders::{PaymentMethod, SandboxWish, Ways},
    ui::{HiddenField, RadioGroup},
};
use leptos::prelude::*;

/// How to pay. Where the sandbox is on, it says clearly what it is and asks what it should do.
#[component]
pub fn WaysToPay(ways: Ways, #[prop(optional)] chosen: Option<PaymentMethod>) -> impl IntoView {
    if ways == Ways::default() {
        return view! {
            <HiddenField name="payment" value=PaymentMethod::Offline.as_str() />
            <p>"You pay by bank transfer or at the studio. How to do it stands on the next page and in the letter that we send you."</p>
        }
        .into_any();
    }
    let way = |method: PaymentMethod, line: &str| (method.as_str().to_string(), method.title().to_string(), line.to_string());
    let mut options = vec![];
    if ways.card {
        options.push(way(PaymentMethod::Card, "On the next page. Your photographs are ready as soon as it is paid."));
    }
    options.push(way(PaymentMethod::Offline, "How to do it stands on the next page and in the letter that we send you."));
    if ways.sandbox {
        options
            .push(way(PaymentMethod::Sandbox, "For trying things out: the order is settled as if it were paid, and nothing is charged."));
    }
    let first = if ways.card { PaymentMethod::Card } else { PaymentMethod::Offline };
    view! {
        <RadioGroup name="payment" label="How would you like to pay?" options=options value=chosen.unwrap_or(first).as_str() />
        {ways.sandbox.then(|| view! { <Wishes /> })}
    }
    .into_any()
}

#[component]
fn Wishes() -> impl IntoView {
    let wish = |wish: SandboxWish, words: &str| (wish.as_str().to_string(), words.to_string(), String::new());
    view! {
        <div class="pv-wishes">
            <RadioGroup
                name="wish"
                label="What should the sandbox do?"
                options=vec![
                    wish(SandboxWish::Success, "Let the payment succeed"),
                    wish(SandboxWish::Decline, "Decline the payment"),
                    wish(SandboxWish::AnswerLost, "Take the payment, but lose the answer"),
                ]
                value=SandboxWish::Success.as_str()
            />
        </div>
    }
}
