use crate::{
    features::{
        orders::{
            DisputeState, PaperKind, PaymentMethod, RefundOrigin, RefundStatus,
            server::{
                mails,
                store::{
                    self, LineRow, Order, PaidHow,
                    disputes::{self, DisputeRow},
                    invoices::InvoiceRow,
                    refunds::{self, RefundRow},
                },
            },
        },
        site::{Studio, server::service as site},
    },
    platform::{
        RequestContext,
        mail::{Letter, Sample},
    },
    shared::{AppError, PaymentId, RefundId},
};

/// Names and titles, in the order in which an order may see them.
const KINDS: [(&str, &str); 14] = [
    ("order-placed", "Order placed"),
    ("order-for-studio", "Order placed, to the studio"),
    ("pay-offline", "How to pay"),
    ("receipt", "Receipt with invoice"),
    ("order-cancelled", "Order cancelled"),
    ("refund", "Refund"),
    ("given-back", "Payment sent back by itself"),
    ("payment-needs-you", "A payment needs a look, to the owner"),
    ("refund-waits", "A refund is waiting, to the owner"),
    ("refund-failed", "A refund failed, to the owner"),
    ("dispute", "Dispute, to the owner"),
    ("refund-undone", "A refund came back"),
    ("on-hold", "A payment is doubtful, to the owner"),
    ("released", "A doubtful payment was looked at"),
];

/// What this domain's letters look like, with the newest order in them. What it has not seen yet is made up.
pub async fn sample_letters(cx: &RequestContext) -> Result<Vec<Sample>, AppError> {
    let owner = cx.actor.owner()?.email.clone();
    let studio = site::studio(&cx.db).await?;
    let mut letters = match store::latest(&cx.db).await? {
        Some(order) => Example::of(cx, studio, order, owner).await?.letters(cx)?.map(Some),
        None => [const { None }; KINDS.len()],
    }
    .into_iter();
    Ok(KINDS.into_iter().map(|(name, title)| Sample { name, title, letter: letters.next().flatten() }).collect())
}

struct Example {
    studio: Studio,
    owner: String,
    order: Order,
    lines: Vec<LineRow>,
    invoice: InvoiceRow,
    credit_note: InvoiceRow,
    correction: InvoiceRow,
    refund: RefundRow,
    dispute: DisputeRow,
}

impl Example {
    async fn of(cx: &RequestContext, studio: Studio, order: Order, owner: String) -> Result<Self, AppError> {
        let lines = store::lines(&cx.db, order.id).await?;
        let papers = store::invoices::of_order(&cx.db, order.id).await?;
        let paper = |kind: PaperKind| {
            let made_up = InvoiceRow {
                number: format!("{}-2026-000001", kind.series()),
                kind,
                order_id: order.id,
                issued_at: cx.now(),
                paper: String::new(),
            };
            papers.iter().find(|paper| paper.kind == kind).cloned().unwrap_or(made_up)
        };
        let refund = refunds::of_order(&cx.db, order.id).await?.pop();
        let dispute = disputes::of_order(&cx.db, order.id).await?.into_iter().next();
        Ok(Self {
            invoice: paper(PaperKind::Invoice),
            credit_note: paper(PaperKind::CreditNote),
            correction: paper(PaperKind::Correction),
            refund: refund.unwrap_or(made_up_refund(cx, &order)?),
            dispute: dispute.unwrap_or(made_up_dispute(cx, &order)?),
            studio,
            owner,
            order,
            lines,
        })
    }

    fn letters(&self, cx: &RequestContext) -> Result<[Letter; KINDS.len()], AppError> {
        let Self { studio, owner, order, lines, invoice, credit_note, correction, refund, dispute } = self;
        let (config, all) = (&cx.config, lines.iter().collect::<Vec<_>>());
        let paid =
            PaidHow { at: order.paid_at.unwrap_or(cx.now()), on: None, reference: None, provider: PaymentMethod::Offline, rests: false };
        let why = "the order was paid already.";
        Ok([
            mails::order_placed(config, studio, order, lines)?,
            mails::order_for_studio(config, owner, order, &all, true)?,
            mails::pay_offline(config, studio, order)?,
            mails::receipt(config, studio, order, lines, &paid, Some(invoice))?,
            mails::order_cancelled(config, studio, order),
            mails::refunded(config, studio, order, refund, &all[..all.len().min(1)], Some(credit_note))?,
            mails::given_back(config, studio, order, refund)?,
            mails::payment_needs_you(config, owner, order, PaymentId::new(), order.total()?, (why, true)),
            mails::refund_waits(config, owner, order, refund)?,
            mails::refund_failed(config, owner, order, refund, "The bank refused it.")?,
            mails::dispute(config, owner, order, dispute)?,
            mails::refund_undone(config, studio, order, refund, Some(correction))?,
            mails::on_hold(config, owner, order, PaymentId::new()),
            mails::released(config, studio, order, PaymentId::new()),
        ])
    }
}

fn made_up_refund(cx: &RequestContext, order: &Order) -> Result<RefundRow, AppError> {
    let total = order.total()?;
    Ok(RefundRow {
        id: RefundId::new(),
        order_id: order.id,
        payment_id: PaymentId::new(),
        provider_ref: None,
        amount: total.amount,
        currency: total.currency.code().into(),
        reason: "One photograph was blurred.".into(),
        origin: RefundOrigin::Studio,
        status: RefundStatus::Succeeded,
        failure: None,
        created_at: cx.now(),
    })
}

fn made_up_dispute(cx: &RequestContext, order: &Order) -> Result<DisputeRow, AppError> {
    let total = order.total()?;
    Ok(DisputeRow {
        id: String::new(),
        payment_id: PaymentId::new(),
        amount: total.amount,
        currency: total.currency.code().into(),
        reason: "product not received".into(),
        state: DisputeState::Open,
        opened_at: cx.now(),
    })
}
