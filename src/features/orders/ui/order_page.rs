use super::{
    bought::{Bought, BoughtWall},
    money::{Papers, Refunds},
    pay_form::WaysToPay,
    state::{OrderedLines, State},
};
use crate::{
    features::orders::{CopyState, OrderStatus, OrderView, PaymentMethod, PaymentState, Ways, api::order_page},
    paths,
    ui::{
        ButtonLink, Confirm, Icon, IconName, Load, Mood, Notice, PageHeader, PageTitle, PostForm, SitePage, SubmitButton, Tone, Watch,
        param,
    },
};
use leptos::prelude::*;

#[component]
pub fn OrderPage() -> impl IntoView {
    let number = param("number");
    view! {
        <PageTitle title=format!("Order {number}") noindex=true />
        <Load what=move || order_page(number) let:order>
            <SitePage>
                <Watch topic=format!("order:{}", order.id) />
                <PageHeader title=format!("Order {}", order.number) text=format!("Placed on {}", order.placed) back=(paths::ORDERS.to_string(), "Your orders".to_string())>
                    <State status=order.status />
                    <PrintButton />
                </PageHeader>
                <div class="pv-stack">
                    {match order.status {
                        OrderStatus::Paid => view! { <Photographs order=order.clone() /> }.into_any(),
                        OrderStatus::AwaitingPayment => view! { <Payment order=order.clone() /> }.into_any(),
                        OrderStatus::Cancelled => view! { <Cancelled closed=order.closed.clone() /> }.into_any(),
                    }} <Paper order=order />
                </div>
            </SitePage>
        </Load>
    }
}

/// Only a script can print; it shows the button.
#[component]
fn PrintButton() -> impl IntoView {
    view! {
        <button type="button" class="pv-btn pv-btn-ghost" data-print hidden>
            <Icon name=IconName::Printer />
            <span>"Print"</span>
        </button>
    }
}

/// After paying: the photographs themselves, not a receipt with a link.
#[component]
fn Photographs(order: OrderView) -> impl IntoView {
    let rests = order.lines.iter().any(|line| line.copy == CopyState::Suspended);
    let gone = order.lines.iter().filter(|line| line.copy == CopyState::Returned).count();
    let mine: Vec<_> = order.lines.into_iter().filter(|line| line.copy == CopyState::Yours).collect();
    let single = mine.len() == 1;
    let tone = if single { Tone::Primary } else { Tone::Quiet };
    let ready = !mine.is_empty();
    let bought = mine.into_iter().map(move |line| {
        let note = format!("{}, {}", line.size.title(), line.gallery_title);
        view! { <Bought photo=line.photo size=line.size filename=line.filename note=note downloads=line.downloads shape=line.shape tone=tone /> }
    });
    let bought = bought.collect_view();
    view! {
        {rests
            .then(|| {
                let words = if order.held {
                    "It is paid. The studio looks at the payment first; then it writes to you, and the photographs can be downloaded here."
                } else {
                    "Your bank has called its payment back. Until that is decided, the photographs cannot be downloaded; please talk to your bank or to the studio."
                };
                view! {
                    <Notice mood=Mood::Warning title="The downloads of this order rest.">
                        <p>{words}</p>
                    </Notice>
                }
            })}
        {(gone > 0 && !rests)
            .then(|| {
                let words = if gone == 1 { "One photograph of this order was given back.".to_string() } else { format!("{gone} photographs of this order were given back.") };
                view! {
                    <Notice title=words>
                        <p>"What was given back can no longer be downloaded; it can be ordered again."</p>
                    </Notice>
                }
            })}
        {ready
            .then(|| {
                view! {
                    <Notice mood=Mood::Good title="Your photographs are ready.">
                        <p>"They stay here and among your purchases; download them as often as you like."</p>
                    </Notice>
                    <h2 class="sr-only">"Your photographs"</h2>
                    <BoughtWall single=single>{bought}</BoughtWall>
                }
            })}
    }
}

/// What is still to do, and the one button that does it.
#[component]
fn Payment(order: OrderView) -> impl IntoView {
    let (number, total, ways) = (order.number.clone(), order.total.to_string(), order.ways);
    let by_card = order.method == PaymentMethod::Card && ways.card;
    // the order is from the days when the studio took cards
    let no_cards = order.method == PaymentMethod::Card && !ways.card;
    let waiting = match order.payment {
        PaymentState::Offline { instructions } => {
            view! { <HowToPay number=number.clone() total=total instructions=instructions ways=ways /> }.into_any()
        }
        PaymentState::Open if by_card => {
            view! { <PayByCard number=number.clone() label=format!("Pay {total} by card") ways=ways /> }.into_any()
        }
        PaymentState::Open | PaymentState::ActionNeeded if no_cards => view! {
            <Notice mood=Mood::Warning title="This studio takes no cards just now.">
                <p>"Your order is kept; please pay it in another way. If your card was charged already, tell the studio before you pay."</p>
            </Notice>
            <TryToPay number=number.clone() ways=ways label="Pay this way" />
        }
        .into_any(),
        PaymentState::Open => view! { <TryToPay number=number.clone() ways=ways label="Pay order" /> }.into_any(),
        PaymentState::Declined { reason } => {
            let again = if by_card {
                view! { <PayByCard number=number.clone() label="Try again".to_string() ways=ways /> }.into_any()
            } else {
                view! { <TryToPay number=number.clone() ways=ways label="Try again" /> }.into_any()
            };
            view! {
                <Notice mood=Mood::Error title="The payment did not go through.">
                    <p>{reason} " Nothing was charged. Your order is kept."</p>
                </Notice>
                {again}
            }
            .into_any()
        }
        PaymentState::ActionNeeded => view! {
            <Notice mood=Mood::Warning title="Your bank wants you to confirm this payment.">
                <p>"Nothing is charged before you do. Go back to the payment and confirm it, or take another card."</p>
            </Notice>
            <PayByCard number=number.clone() label="Go on with the payment".to_string() ways=ways />
        }
        .into_any(),
        PaymentState::Processing | PaymentState::Checking if no_cards => return view! { <Unasked /> }.into_any(),
        PaymentState::Processing => return view! { <Processing number=number /> }.into_any(),
        PaymentState::Checking => return view! { <Checking number=number /> }.into_any(),
        PaymentState::WithStudio => {
            return view! {
                <Notice mood=Mood::Warning title="The studio is looking at your payment.">
                    <p>"Another amount arrived than this order comes to. Please don't pay again; the studio will write to you."</p>
                </Notice>
            }
            .into_any();
        }
    };
    view! {
        {waiting}
        <Confirm
            label="Cancel order"
            question=format!("Cancel order {number}?")
            text="Nothing is charged, and the photographs can be ordered again."
            icon=IconName::Close
        >
            <PostForm action="cancel_order" about=("number", number.clone())>
                <SubmitButton label=format!("Cancel order {number}") tone=Tone::Danger />
            </PostForm>
        </Confirm>
    }
    .into_any()
}

#[component]
fn HowToPay(number: String, total: String, instructions: String, ways: Ways) -> impl IntoView {
    let instructions = if instructions.is_empty() {
        "Please pay by bank transfer or at the studio; ask the studio for its account.".to_string()
    } else {
        instructions
    };
    view! {
        <section class="pv-panel grid gap-4">
            <h2 class="text-xl">"How to pay"</h2>
            <p class="whitespace-pre-line">{instructions}</p>
            <dl class="pv-facts">
                <dt>"Amount"</dt>
                <dd class="pv-price">{total}</dd>
                <dt>"Reference"</dt>
                <dd class="pv-title">{number.clone()}</dd>
            </dl>
            <p class="text-muted">"When the studio has your payment, your photographs are here, and we send you a letter."</p>
        </section>
        {(ways != Ways::default()).then(|| view! { <TryToPay number=number ways=ways label="Pay order" /> })}
    }
}

#[component]
fn TryToPay(number: String, ways: Ways, label: &'static str) -> impl IntoView {
    let chosen = match ways {
        Ways { card: true, .. } => PaymentMethod::Card,
        Ways { sandbox: true, .. } => PaymentMethod::Sandbox,
        _ => PaymentMethod::Offline,
    };
    view! {
        <PostForm action="pay_order" about=("number", number)>
            <WaysToPay ways=ways chosen=chosen />
            <SubmitButton label=label icon=IconName::CreditCard />
        </PostForm>
    }
}

/// The way to the card's form; another way to pay is folded away beneath it.
#[component]
fn PayByCard(number: String, label: String, ways: Ways) -> impl IntoView {
    view! {
        <div>
            <ButtonLink href=paths::pay(&number) label=label icon=IconName::CreditCard tone=Tone::Primary />
        </div>
        <details class="pv-panel">
            <summary>"Pay in another way"</summary>
            <div class="pt-4">
                <PostForm action="pay_order" about=("number", number)>
                    <WaysToPay ways=ways chosen=PaymentMethod::Offline />
                    <SubmitButton label="Pay this way" />
                </PostForm>
            </div>
        </details>
    }
}

#[component]
fn Processing(number: String) -> impl IntoView {
    view! {
        <Notice mood=Mood::Warning title="Your bank is working on the payment.">
            <p>"That can take from minutes to some days. You don't have to do anything: when it is through, your photographs are here and we send you a letter."</p>
        </Notice>
        <PostForm action="check_payment" about=("number", number)>
            <SubmitButton label="Check payment" icon=IconName::Retry />
        </PostForm>
    }
}

/// A card payment that was under way when the studio stopped to take cards.
#[component]
fn Unasked() -> impl IntoView {
    view! {
        <Notice mood=Mood::Warning title="The studio is looking at your payment.">
            <p>"You paid by card, and this studio takes no cards just now, so we cannot ask what became of it. Please don't pay again: the studio finds it at its payment provider, or tells you how to pay."</p>
        </Notice>
    }
}

#[component]
fn Checking(number: String) -> impl IntoView {
    view! {
        <Notice mood=Mood::Warning title="We are checking your payment…">
            <p>"The answer did not reach us. It may have worked already, so please don't pay again: ask, and we will know."</p>
        </Notice>
        <PostForm action="check_payment" about=("number", number)>
            <SubmitButton label="Check payment" icon=IconName::Retry />
        </PostForm>
    }
}

#[component]
fn Cancelled(closed: Option<String>) -> impl IntoView {
    let day = closed.map(|day| format!("It was cancelled on {day}. ")).unwrap_or_default();
    view! {
        <Notice title="This order is cancelled.">
            <p>{day} "Nothing is to be paid for it."</p>
        </Notice>
    }
}

/// What was agreed, also on paper.
#[component]
fn Paper(order: OrderView) -> impl IntoView {
    let paid = order.paid.map(|day| view! { <dt>"Paid"</dt> <dd>{day}</dd> });
    let title = if order.status == OrderStatus::Paid { "Receipt" } else { "What you ordered" };
    view! {
        <section class="grid gap-4 max-w-2xl">
            <h2 class="text-xl">{title}</h2>
            <dl class="pv-facts">
                <dt>"Studio"</dt>
                <dd>
                    <bdi>{order.studio}</bdi>
                </dd>
                <dt>"For"</dt>
                <dd>
                    <bdi>{order.buyer_name}</bdi>
                </dd>
                <dt>"Number"</dt>
                <dd class="pv-title">{order.number}</dd>
                <dt>"Placed"</dt>
                <dd>{order.placed}</dd>
                {paid}
                <dt>"Payment"</dt>
                <dd>{order.method.title()}</dd>
            </dl>
            <OrderedLines lines=order.lines total=order.total />
            <Refunds refunds=order.refunds />
            <Papers papers=order.papers />
        </section>
    }
}
