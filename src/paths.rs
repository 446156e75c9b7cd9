//! Every URL as a function: links, redirects and mails name a page here and nowhere else.
use crate::shared::{GalleryId, PhotoId, UserId};
use std::fmt::Display;

pub const HOME: &str = "/";
pub const ABOUT: &str = "/about";
pub const SERVICES: &str = "/services";
pub const CONTACT: &str = "/contact";
pub const SETUP: &str = "/setup";
pub const LOGIN: &str = "/login";
pub const REGISTER: &str = "/register";
pub const FORGOT: &str = "/forgot";
pub const VERIFY: &str = "/verify";
pub const PROFILE: &str = "/profile";
pub const GALLERIES: &str = "/galleries";
pub const CART: &str = "/cart";
pub const CHECKOUT: &str = "/checkout";
pub const ORDERS: &str = "/orders";
pub const PURCHASES: &str = "/purchases";
pub const STUDIO: &str = "/studio";
pub const STUDIO_GALLERIES: &str = "/studio/galleries";
pub const STUDIO_PHOTOS: &str = "/studio/photos";
pub const STUDIO_CLIENTS: &str = "/studio/clients";
pub const STUDIO_PAYMENTS: &str = "/studio/payments";
pub const STUDIO_PAYMENTS_CSV: &str = "/studio/payments.csv";
pub const PAYMENTS: &str = "/payments";
pub const PAYMENTS_CSV: &str = "/payments.csv";
pub const STUDIO_ORDERS: &str = "/studio/orders";
pub const STUDIO_PRICES: &str = "/studio/prices";
pub const STUDIO_SETTINGS: &str = "/studio/settings";
pub const ADMIN: &str = "/admin";
pub const ADMIN_MAIL: &str = "/admin/mail";
pub const ADMIN_FAULTS: &str = "/admin/errors";
pub const ADMIN_LETTERS: &str = "/admin/letters";

/// The sign-in page that leads back to `next` afterwards.
pub fn login_then(next: &str) -> String {
    format!("{LOGIN}?next={}", encode(next))
}

/// Where the code for this address is typed in.
pub fn verify(email: &str) -> String {
    format!("{VERIFY}?email={}", encode(email))
}

pub fn reset(token: &str) -> String {
    format!("/reset/{token}")
}

pub fn invitation(token: &str) -> String {
    format!("/invitation/{token}")
}

pub fn confirm_email(token: &str) -> String {
    format!("/confirm/{token}")
}

pub fn gallery(id: GalleryId) -> String {
    format!("/galleries/{id}")
}

pub fn photo(gallery: GalleryId, photo: PhotoId) -> String {
    format!("/galleries/{gallery}/photos/{photo}")
}

pub fn order(number: impl Display) -> String {
    format!("/orders/{number}")
}

/// Where an order is paid by card.
pub fn pay(number: impl Display) -> String {
    format!("/orders/{number}/pay")
}

/// Where the payment provider sends a person back to; leads on to the order.
pub fn paid(number: impl Display) -> String {
    format!("/orders/{number}/paid")
}

/// An invoice or a credit note, as PDF.
pub fn paper(number: impl Display) -> String {
    format!("/invoices/{number}")
}

pub fn studio_gallery(id: GalleryId) -> String {
    format!("/studio/galleries/{id}")
}

pub fn studio_order(number: impl Display) -> String {
    format!("/studio/orders/{number}")
}

/// The studio's orders, only those of one client.
pub fn studio_orders_of(client: UserId) -> String {
    format!("{STUDIO_ORDERS}?client={client}")
}

/// A letter as its reader sees it.
pub fn letter(id: impl Display) -> String {
    format!("{ADMIN_MAIL}/{id}")
}

/// A kind of letter, with the studio's own data in it.
pub fn sample_letter(name: impl Display) -> String {
    format!("{ADMIN_LETTERS}/{name}")
}

/// The live line of a page that watches `topic`.
pub fn live(topic: &str) -> String {
    format!("/live?topic={}", encode(topic))
}

/// The cart, offering to put back what was just taken out.
pub fn cart_after_removing(photo: PhotoId, size: impl Display) -> String {
    format!("{CART}?removed={photo}&size={size}")
}

/// The price page with one gallery's own list open.
pub fn studio_prices_of(gallery: GalleryId) -> String {
    format!("{STUDIO_PRICES}?gallery={gallery}")
}

/// A picture for looking at: `thumb`, `web-1024` or `web-2048`. Whether it carries the watermark is decided by the
/// server for the person who asks; the address is the same for everybody, and a key to nothing.
pub fn picture(photo: PhotoId, size: &str) -> String {
    format!("/media/{photo}/{size}")
}

/// A file to keep: `web` or `original`.
pub fn download(photo: PhotoId, size: impl Display) -> String {
    format!("/downloads/{photo}/{size}")
}

/// One of the pictures that the studio shows to everybody on its home page.
pub fn home_picture(photo: PhotoId, size: &str) -> String {
    format!("/media/home/{photo}/{size}")
}

/// Percent-encodes everything but letters, digits and what is harmless inside a query value.
pub fn encode(text: &str) -> String {
    text.bytes()
        .map(|b| if b.is_ascii_alphanumeric() || b"-._~/".contains(&b) { (b as char).to_string() } else { format!("%{b:02X}") })
        .collect()
}

/// A `next=` that leads nowhere but to a page of ours; anything else is none.
pub fn own(next: &str) -> Option<&str> {
    let plain = next.starts_with('/') && !next.starts_with("//") && !next.chars().any(|c| c.is_control() || c == '\\');
    // what a browser would decode to the same tricks
    let hidden = ["%2f%2f", "%5c", "%0d", "%0a", "%09"].iter().any(|trick| next.to_ascii_lowercase().contains(trick));
    (plain && !hidden).then_some(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn next_leads_to_own_pages_only() {
        assert_eq!(own("/galleries?page=2"), Some("/galleries?page=2"));
        for foreign in [
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "javascript:alert(1)",
            "",
            "/a\r\nb",
            "/%0d%0aSet-Cookie:x",
            "/%5cevil",
        ] {
            assert_eq!(own(foreign), None, "{foreign}");
        }
    }

    #[test]
    fn a_page_survives_the_way_through_the_query() {
        assert_eq!(login_then("/galleries?x=1&y=ä"), "/login?next=/galleries%3Fx%3D1%26y%3D%C3%A4");
    }
}
