use super::service;
use crate::platform::{RequestContext, jobs::Handler};

/// `payment_event`: its subject is an event of the payment provider. `send_refund`: its subject is a refund.
pub fn handlers() -> Vec<(&'static str, Handler)> {
    let payment_event = Handler {
        run: |services, id| Box::pin(async move { service::handle_event(&RequestContext::system(services), &id).await }),
        gave_up: |services, id, reason| {
            Box::pin(async move { service::give_up_event(&RequestContext::system(services), &id, &reason).await })
        },
    };
    let send_refund = Handler {
        run: |services, id| Box::pin(async move { service::send_refund(&RequestContext::system(services), id.parse()?).await }),
        gave_up: |services, id, _| Box::pin(async move { service::give_up_refund(&RequestContext::system(services), id.parse()?).await }),
    };
    vec![("payment_event", payment_event), ("send_refund", send_refund)]
}
