use super::state::State;
use crate::{
    features::{
        orders::{Client, ClientOrder, api::clients_page},
        sharing::{ClientGallery, sees},
    },
    paths,
    shared::UserId,
    ui::{Badge, ButtonLink, Cell, EmptyState, IconName, Load, PageHeader, PageTitle, StudioPage, Table, Tone},
};
use leptos::prelude::*;

/// `/studio/clients`: the people who look and buy, which galleries they may enter, and what they ordered.
#[component]
pub fn ClientsPage() -> impl IntoView {
    view! {
        <PageTitle title="Clients" noindex=true />
        <StudioPage>
            <PageHeader title="Clients" text="Everybody who has an account, was let into a gallery, or has ordered." />
            <Load what=clients_page let:clients>
                <Clients clients=clients />
            </Load>
        </StudioPage>
    }
}

#[component]
fn Clients(clients: Vec<Client>) -> impl IntoView {
    if clients.is_empty() {
        return view! {
            <EmptyState icon=IconName::Users title="No clients yet" text="Open a gallery and assign it to somebody: they will be listed here.">
                <ButtonLink href=paths::STUDIO_GALLERIES label="Open galleries" tone=Tone::Primary />
            </EmptyState>
        }
        .into_any();
    }
    view! {
        <Table caption="Clients" heads=vec!["Client", "Galleries", "Orders"]>
            {clients.into_iter().map(|client| view! { <Row client=client /> }).collect_view()}
        </Table>
    }
    .into_any()
}

#[component]
fn Row(client: Client) -> impl IntoView {
    let named = !client.name.is_empty();
    let heading = if named { client.name } else { client.email.clone() };
    let galleries = match client.galleries.is_empty() {
        true => view! { <span class="text-muted">"None yet"</span> }.into_any(),
        false => {
            view! { <ul>{client.galleries.into_iter().map(|gallery| view! { <Entry gallery=gallery /> }).collect_view()}</ul> }.into_any()
        }
    };
    view! {
        <tr>
            <Cell>
                <bdi class="font-medium">{heading}</bdi>
                {named.then(|| view! { <p class="text-sm text-muted"><bdi>{client.email}</bdi></p> })}
                {client.person.is_none().then(|| view! { <Badge label="No account yet" /> })}
            </Cell>
            <Cell label="Galleries">{galleries}</Cell>
            <Cell label="Orders">
                <Orders person=client.person orders=client.orders latest=client.latest />
            </Cell>
        </tr>
    }
}

#[component]
fn Entry(gallery: ClientGallery) -> impl IntoView {
    let state = if gallery.is_published { "" } else { ", not published" };
    view! {
        <li>
            <a class="pv-link" href=format!("{}#access", paths::studio_gallery(gallery.id))>
                <bdi>{gallery.title}</bdi>
            </a>
            <span class="text-sm text-muted">{format!(" {}{state}", sees(gallery.is_whole, gallery.photos))}</span>
        </li>
    }
}

#[component]
fn Orders(person: Option<UserId>, orders: i64, latest: Vec<ClientOrder>) -> impl IntoView {
    if latest.is_empty() {
        return view! { <span class="text-muted">"None yet"</span> }.into_any();
    }
    let more = person.filter(|_| orders > latest.len() as i64).map(|client| {
        view! {
            <a class="pv-link inline-block py-1 text-sm" href=paths::studio_orders_of(client)>
                {format!("All {orders} orders")}
            </a>
        }
    });
    let row = |order: ClientOrder| {
        view! {
            <li class="flex flex-wrap items-center gap-x-3">
                <a class="pv-link pv-title" href=paths::studio_order(&order.number)>
                    {order.number.clone()}
                </a>
                <span class="text-sm text-muted">{order.placed}", "{order.amount.to_string()}</span>
                <State status=order.status />
            </li>
        }
    };
    view! {
        <ul class="grid gap-1">{latest.into_iter().map(row).collect_view()}</ul>
        {more}
    }
    .into_any()
}
