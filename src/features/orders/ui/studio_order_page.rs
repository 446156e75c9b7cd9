use super::{
    money::{Papers, Refunds},
    refund_form::RefundForm,
    state::{OrderedLines, State},
};
use crate::{
    features::orders::{OrderStatus, StudioOrderView, api::studio_order},
    paths,
    ui::{Confirm, IconName, Load, Mood, Notice, PageHeader, PageTitle, PostForm, StudioPage, SubmitButton, TextField, Tone, Watch, param},
};
use leptos::prelude::*;

#[component]
pub fn StudioOrderPage() -> impl IntoView {
    let number = param("number");
    view! {
        <PageTitle title=format!("Order {number}") noindex=true />
        <Load what=move || studio_order(number) let:order>
            <StudioPage>
                <Watch topic=format!("order:{}", order.id) />
                <PageHeader title=format!("Order {}", order.number) back=(paths::STUDIO_ORDERS.to_string(), "Orders".to_string())>
                    <State status=order.status />
                </PageHeader>
                <div class="pv-beside">
                    <div class="pv-stack">
                        <Facts order=order.clone() />
                        <OrderedLines
                            lines=order.lines.clone()
                            total=order.subtotal
                            label=if order.others == 0 { "Total" } else { "Your part" }
                            counted=order.status == OrderStatus::Paid
                        />
                        <Refunds refunds=order.refunds.clone() />
                        <Papers papers=order.papers.clone() />
                        {(order.others > 0).then(|| view! { <Others others=order.others /> })}
                    </div>
                    <aside class="pv-stack">
                        <Todo order=order />
                    </aside>
                </div>
            </StudioPage>
        </Load>
    }
}

#[component]
fn Facts(order: StudioOrderView) -> impl IntoView {
    let fact =
        |word: &'static str, value: Option<String>| value.map(|value| view! { <dt>{word}</dt> <dd class="break-words">{value}</dd> });
    let mail = format!("mailto:{}", order.buyer_email);
    let cancelled = order.closed.filter(|_| order.status == OrderStatus::Cancelled);
    view! {
        <dl class="pv-facts">
            <dt>"Client"</dt>
            <dd>
                <bdi>{order.buyer_name}</bdi>
                <a href=mail class="pv-link block break-words">
                    {order.buyer_email}
                </a>
            </dd>
            {fact("Placed", Some(order.placed))} {fact("Payment", Some(order.method.title().to_string()))} {fact("Settled", order.paid)}
            {fact("Money came on", order.paid_on)} {fact("Reference", order.reference)}
            {fact("Risk", Some(order.risk).filter(|words| !words.is_empty()))} {fact("Cancelled", cancelled)}
        </dl>
    }
}

#[component]
fn Others(others: i64) -> impl IntoView {
    let words = if others == 1 {
        "One more line by another photographer".to_string()
    } else {
        format!("{others} more lines by other photographers")
    };
    view! { <p class="text-muted">{words}" belongs to this order; the owner settles its payment."</p> }
}

/// What there is to do about this order.
#[component]
fn Todo(order: StudioOrderView) -> impl IntoView {
    let number = order.number;
    let troubles = order.troubles.into_iter().map(|words| view! { <p>{words}</p> }).collect::<Vec<_>>();
    let settle = order.may_settle && !order.checking;
    view! {
        {(!troubles.is_empty())
            .then(|| {
                view! {
                    <Notice mood=Mood::Error title="A payment needs a look.">
                        {troubles}
                    </Notice>
                }
            })}
        {(order.held && order.may_release).then(|| view! { <Held number=number.clone() /> })}
        {order.refundable.map(|refundable| view! { <RefundForm number=number.clone() lines=order.lines refundable=refundable /> })}
        {order.checking.then(|| view! { <CheckPayment number=number.clone() /> })}
        {settle.then(|| view! { <MarkPaid number=number.clone() today=order.today /> })}
        {settle
            .then(|| {
                view! {
                    <Confirm
                        label="Cancel order"
                        question=format!("Cancel order {number}?")
                        text="The client is told by letter and can order the photographs again. This cannot be undone."
                        icon=IconName::Close
                    >
                        <PostForm action="cancel_order" about=("number", number.clone())>
                            <SubmitButton label=format!("Cancel order {number}") tone=Tone::Danger />
                        </PostForm>
                    </Confirm>
                }
            })}
    }
}

/// The provider doubts the payment.
#[component]
fn Held(number: String) -> impl IntoView {
    view! {
        <section class="pv-panel grid gap-4">
            <h2 class="text-xl">"Is this payment fine?"</h2>
            <p>
                "The payment provider thinks that it may be a fraud, so the downloads rest. Look at it in the provider's pages; if you don't know the client, give the money back."
            </p>
            <PostForm action="release_downloads" about=("number", number)>
                <SubmitButton label="Release the downloads" icon=IconName::Check />
            </PostForm>
        </section>
    }
}

#[component]
fn CheckPayment(number: String) -> impl IntoView {
    view! {
        <section class="pv-panel grid gap-4">
            <p>"An online payment was asked for and has not been answered. It may have worked already."</p>
            <PostForm action="check_payment" about=("number", number)>
                <SubmitButton label="Check payment" icon=IconName::Retry />
            </PostForm>
        </section>
    }
}

#[component]
fn MarkPaid(number: String, today: String) -> impl IntoView {
    view! {
        <section class="pv-panel grid gap-4">
            <h2 class="text-xl">"Has the money come?"</h2>
            <p class="text-muted">"Then the client gets the downloads and a receipt."</p>
            <MarkPaidForm number=number today=today />
        </section>
    }
}

#[component]
pub fn MarkPaidForm(number: String, today: String) -> impl IntoView {
    view! {
        <PostForm action="mark_paid" about=("number", number)>
            <TextField name="paid_on" label="Day on which it came" kind="date" value=today.clone() max=today required=true />
            <TextField name="reference" label="Reference" hint="As on the bank statement, or “cash”." maxlength=200u32 required=true />
            <SubmitButton label="Mark order paid" icon=IconName::Check />
        </PostForm>
    }
}
