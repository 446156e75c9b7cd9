use super::studio::scope;
use crate::{
    features::{
        orders::{Client, ClientOrder, server::lists},
        sharing::{ClientRow, server::service as sharing},
        site::server::service as site,
    },
    platform::{RequestContext, when},
    shared::{AppError, UserId},
};
use std::collections::HashMap;

/// Orders of one client that their row names; the rest is a link away.
const LATEST: i64 = 3;

/// Everybody who was let into a gallery or has ordered something, by name. A photographer sees the own part.
pub async fn clients_page(cx: &RequestContext) -> Result<Vec<Client>, AppError> {
    let scope = scope(cx)?;
    let zone = site::studio(&cx.db).await?.time_zone;
    let mut all: Vec<Client> = sharing::clients_page(cx).await?.into_iter().map(without_orders).collect();
    let mut place: HashMap<UserId, usize> = all.iter().enumerate().filter_map(|(n, client)| Some((client.person?, n))).collect();
    for row in lists::latest_of_clients(&cx.db, scope, LATEST).await? {
        let order = ClientOrder {
            amount: row.order.amount()?,
            placed: when::date(row.order.placed_at, &zone),
            number: row.order.number,
            status: row.order.status,
        };
        // somebody whose access was taken back is still a client
        let n = *place.entry(row.buyer_id).or_insert_with(|| {
            let (name, email) = (row.order.buyer_name, row.buyer_email);
            all.push(Client { person: Some(row.buyer_id), name, email, galleries: vec![], orders: 0, latest: vec![] });
            all.len() - 1
        });
        if let Some(client) = all.get_mut(n) {
            client.orders = row.orders;
            client.latest.push(order);
        }
    }
    all.sort_by_cached_key(|client| (client.name.to_lowercase(), client.email.to_lowercase()));
    Ok(all)
}

fn without_orders(row: ClientRow) -> Client {
    Client { person: row.person, name: row.name, email: row.email, galleries: row.galleries, orders: 0, latest: vec![] }
}
