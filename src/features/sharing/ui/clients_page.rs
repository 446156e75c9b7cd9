use super::access_list::sees;
use crate::{
    features::sharing::{ClientGallery, ClientRow, api::clients_page},
    paths,
    ui::{Badge, ButtonLink, Cell, EmptyState, IconName, Load, PageHeader, PageTitle, StudioPage, Table, Tone},
};
use leptos::prelude::*;

/// `/studio/clients`: the people who look and buy, and which galleries they may enter.
#[component]
pub fn ClientsPage() -> impl IntoView {
    view! {
        <PageTitle title="Clients" noindex=true />
        <StudioPage>
            <PageHeader title="Clients" text="Everybody who has an account or was let into a gallery." />
            <Load what=clients_page let:clients>
                <Clients clients=clients />
            </Load>
        </StudioPage>
    }
}

#[component]
fn Clients(clients: Vec<ClientRow>) -> impl IntoView {
    if clients.is_empty() {
        return view! {
            <EmptyState icon=IconName::Users title="No clients yet" text="Open a gallery and assign it to somebody: they will be listed here.">
                <ButtonLink href=paths::STUDIO_GALLERIES label="Open galleries" tone=Tone::Primary />
            </EmptyState>
        }
        .into_any();
    }
    view! {
        <Table caption="Clients" heads=vec!["Client", "Galleries"]>
            {clients.into_iter().map(|client| view! { <Row client=client /> }).collect_view()}
        </Table>
    }
    .into_any()
}

#[component]
fn Row(client: ClientRow) -> impl IntoView {
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
