use crate::{
    features::{
        orders::{
            PaymentMethod,
            server::{
                mails,
                store::{self, PaidHow},
            },
        },
        site::server::service as site,
    },
    platform::{RequestContext, mail::Sample},
    shared::AppError,
};

/// What this domain's letters look like, with the newest order in them.
pub async fn sample_letters(cx: &RequestContext) -> Result<Vec<Sample>, AppError> {
    cx.actor.owner()?;
    let studio = site::studio(&cx.db).await?;
    let (mut placed, mut receipt, mut cancelled) = (None, None, None);
    if let Some(order) = store::latest(&cx.db).await? {
        let lines = store::lines(&cx.db, order.id).await?;
        let how = PaidHow { at: order.paid_at.unwrap_or(cx.now()), on: None, reference: None, provider: PaymentMethod::Offline };
        placed = Some(mails::order_placed(&cx.config, &studio, &order, &lines)?);
        receipt = Some(mails::receipt(&cx.config, &studio, &order, &lines, &how, None)?);
        cancelled = Some(mails::order_cancelled(&cx.config, &studio, &order));
    }
    Ok(vec![
        Sample { name: "order-placed", title: "Order placed", letter: placed },
        Sample { name: "receipt", title: "Receipt", letter: receipt },
        Sample { name: "order-cancelled", title: "Order cancelled", letter: cancelled },
    ])
}
