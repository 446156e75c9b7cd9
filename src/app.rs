//! The site on one screen: the document around every page, and the table of pages.
use crate::{
    features::{
        accounts::{ConfirmPage, ForgotPage, InvitationPage, LoginPage, ProfilePage, RegisterPage, ResetPage, SetupPage, VerifyPage},
        admin::{AdminPage, FaultsPage, LettersPage, MailPage},
        cart::CartPage,
        catalogue::PricesPage,
        delivery::{Front, GalleriesPage, GalleryPage, PhotoPage},
        galleries::{StudioGalleriesPage, StudioGalleryPage, StudioOverviewPage, StudioPhotosPage},
        orders::{
            CheckoutPage, ClientsPage, OrderPage, OrdersPage, PayPage, PaymentsPage, PurchasesPage, StudioOrderPage, StudioOrdersPage,
            StudioPaymentsPage, TodaysSales,
        },
        sharing::{AssignPanel, HomePanel},
        site::{About, Contact, Services, SettingsPage},
    },
    shared::{AppError, GalleryId, PhotoId},
    ui::{DocumentHead, ErrorPage, OfflineNote, layout::theme_of_document},
};
use leptos::prelude::*;
use leptos_meta::{MetaTags, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{Route, Router, Routes},
    path,
};

/// An error that a door met outside of any page; the page is drawn in its place.
#[derive(Clone)]
pub struct Failed(pub AppError);

/// The document. `start.js` loads the browser half only where a page has an island in it.
pub fn document() -> impl IntoView {
    view! {
        <!DOCTYPE html>
        <html lang="en" data-theme=theme_of_document()>
            <head>
                <DocumentHead />
                <MetaTags />
                <script type="module" src="/start.js"></script>
            </head>
            <body>
                <App />
                <OfflineNote />
            </body>
        </html>
    }
}

#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    match use_context::<Failed>() {
        Some(Failed(error)) => view! { <ErrorPage error=error /> }.into_any(),
        None => view! { <Pages /> }.into_any(),
    }
}

/// Every page is sent whole: with the right status, and complete without JavaScript.
#[component]
fn Pages() -> impl IntoView {
    let whole = SsrMode::Async;
    view! {
        <Router>
            <Routes fallback=|| view! { <ErrorPage error=AppError::NotFound /> }>
                <Route path=path!("/") view=Front ssr=whole.clone() />
                <Route path=path!("/about") view=About ssr=whole.clone() />
                <Route path=path!("/services") view=Services ssr=whole.clone() />
                <Route path=path!("/contact") view=Contact ssr=whole.clone() />
                <Route path=path!("/setup") view=SetupPage ssr=whole.clone() />
                <Route path=path!("/login") view=LoginPage ssr=whole.clone() />
                <Route path=path!("/register") view=RegisterPage ssr=whole.clone() />
                <Route path=path!("/verify") view=VerifyPage ssr=whole.clone() />
                <Route path=path!("/forgot") view=ForgotPage ssr=whole.clone() />
                <Route path=path!("/reset/:token") view=ResetPage ssr=whole.clone() />
                <Route path=path!("/confirm/:token") view=ConfirmPage ssr=whole.clone() />
                <Route path=path!("/invitation/:token") view=InvitationPage ssr=whole.clone() />
                <Route path=path!("/profile") view=ProfilePage ssr=whole.clone() />
                <Route path=path!("/studio") view=|| view! { <StudioOverviewPage><TodaysSales /></StudioOverviewPage> } ssr=whole.clone() />
                <Route path=path!("/studio/galleries") view=StudioGalleriesPage ssr=whole.clone() />
                <Route path=path!("/studio/galleries/:id") view=|| view! { <StudioGalleryPage assign=assign_panel /> } ssr=whole.clone() />
                <Route path=path!("/studio/photos") view=StudioPhotosPage ssr=whole.clone() />
                <Route path=path!("/studio/clients") view=ClientsPage ssr=whole.clone() />
                <Route path=path!("/studio/settings") view=SettingsPage ssr=whole.clone() />
                <Route path=path!("/admin") view=AdminPage ssr=whole.clone() />
                <Route path=path!("/admin/mail") view=MailPage ssr=whole.clone() />
                <Route path=path!("/admin/errors") view=FaultsPage ssr=whole.clone() />
                <Route path=path!("/admin/letters") view=LettersPage ssr=whole.clone() />
                <Route path=path!("/galleries") view=GalleriesPage ssr=whole.clone() />
                <Route path=path!("/galleries/:id") view=GalleryPage ssr=whole.clone() />
                <Route path=path!("/galleries/:id/photos/:photo") view=PhotoPage ssr=whole.clone() />
                <Route path=path!("/cart") view=CartPage ssr=whole.clone() />
                <Route path=path!("/checkout") view=CheckoutPage ssr=whole.clone() />
                <Route path=path!("/orders") view=OrdersPage ssr=whole.clone() />
                <Route path=path!("/orders/:number") view=OrderPage ssr=whole.clone() />
                <Route path=path!("/orders/:number/pay") view=PayPage ssr=whole.clone() />
                <Route path=path!("/payments") view=PaymentsPage ssr=whole.clone() />
                <Route path=path!("/purchases") view=PurchasesPage ssr=whole.clone() />
                <Route path=path!("/studio/orders") view=StudioOrdersPage ssr=whole.clone() />
                <Route path=path!("/studio/orders/:number") view=StudioOrderPage ssr=whole.clone() />
                <Route path=path!("/studio/payments") view=StudioPaymentsPage ssr=whole.clone() />
                <Route path=path!("/studio/prices") view=PricesPage ssr=whole.clone() />
            </Routes>
        </Router>
    }
}

/// Who may see a gallery is decided above galleries; their page leaves room for it.
fn assign_panel(gallery: GalleryId, photos: Vec<PhotoId>) -> AnyView {
    view! {
        <AssignPanel gallery=gallery photos=photos />
        <HomePanel gallery=gallery />
    }
    .into_any()
}
