//! Which job is done by whom, on one screen.
use crate::{
    features::{accounts, orders, photos, sharing},
    platform::jobs::Handlers,
};

pub fn handlers() -> Handlers {
    let mut all = Handlers::new();
    all.extend(photos::server::jobs::handlers());
    all.extend(accounts::server::jobs::handlers());
    all.extend(orders::server::purge::handlers());
    all.extend(sharing::server::jobs::handlers());
    all.extend(orders::server::jobs::handlers());
    all
}
