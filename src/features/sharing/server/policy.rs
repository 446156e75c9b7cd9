//! The rules of who may do what with a photo, over facts that one statement has gathered.
use crate::{
    features::sharing::Capability,
    platform::Actor,
    shared::{Role, UserId},
};

/// By what right somebody sees a photo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Via {
    Staff,
    Entitlement,
    Grant,
}

/// What there is to know about one photo and the one who asks.
#[derive(Clone, Debug)]
pub struct Facts {
    pub gallery_photographer: UserId,
    /// Its variants are made, and nobody took it out of the gallery.
    pub is_hanging: bool,
    /// Published and not removed.
    pub is_open: bool,
    pub shows_prices: bool,
    pub has_watermark: bool,
    pub has_free_downloads: bool,
    /// A grant that was not revoked covers it, for the account or for its proven address.
    pub is_granted: bool,
    pub owns_web: bool,
    pub owns_original: bool,
}

/// How somebody may do what they asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    pub via: Via,
    /// What they see carries the watermark.
    pub marked: bool,
}

/// Owner: everything. Photographer: the own galleries. Crew: nothing by their role, as yet.
pub fn is_staff_of(actor: &Actor, gallery_photographer: UserId) -> bool {
    match actor {
        Actor::System => true,
        Actor::Guest => false,
        Actor::Person(person) => match person.role {
            Role::Owner => true,
            Role::Photographer => person.id == gallery_photographer,
            Role::Crew | Role::Client => false,
        },
    }
}

/// None is no: and whoever hears it cannot tell a foreign photo from one that never existed.
pub fn decide(actor: &Actor, facts: &Facts, wanted: Capability) -> Option<Verdict> {
    if is_staff_of(actor, facts.gallery_photographer) {
        // the studio doesn't sell to itself
        return (wanted != Capability::Buy).then_some(Verdict { via: Via::Staff, marked: false });
    }
    let Actor::Person(_) = actor else { return None };
    let owns_any = facts.owns_web || facts.owns_original;
    let granted = facts.is_granted && facts.is_open && facts.is_hanging;
    let bought = Verdict { via: Via::Entitlement, marked: false };
    let given = Verdict { via: Via::Grant, marked: facts.has_watermark && !owns_any };
    match wanted {
        // what was bought stays, also when the photo or its gallery is gone for everybody else
        Capability::View if owns_any => Some(bought),
        Capability::View => granted.then_some(given),
        Capability::DownloadWeb if owns_any => Some(bought),
        Capability::DownloadOriginal if facts.owns_original => Some(bought),
        // a file to keep is always the clean one
        Capability::DownloadWeb | Capability::DownloadOriginal => {
            (granted && facts.has_free_downloads).then_some(Verdict { marked: false, ..given })
        }
        Capability::Buy => (granted && facts.shows_prices).then_some(given),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::platform::Person;
    use Capability::{Buy, DownloadOriginal, DownloadWeb, View};

    fn person(role: Role) -> Actor {
        Actor::Person(Person { id: UserId::new(), role, name: "Ada".into(), email: "ada@example.com".into(), proven_email: None })
    }

    /// An open gallery with prices, nothing granted.
    fn facts() -> Facts {
        Facts {
            gallery_photographer: UserId::new(),
            is_hanging: true,
            is_open: true,
            shows_prices: true,
            has_watermark: false,
            has_free_downloads: false,
            is_granted: false,
            owns_web: false,
            owns_original: false,
        }
    }

    fn granted() -> Facts {
        Facts { is_granted: true, ..facts() }
    }

    fn allowed(actor: &Actor, facts: &Facts) -> Vec<Capability> {
        Capability::ALL.iter().copied().filter(|wanted| decide(actor, facts, *wanted).is_some()).collect()
    }

    #[test]
    fn who_has_nothing_gets_nothing() {
        for actor in [Actor::Guest, person(Role::Client), person(Role::Crew), person(Role::Photographer)] {
            assert_eq!(allowed(&actor, &facts()), []);
        }
        assert_eq!(allowed(&Actor::Guest, &Facts { owns_web: true, owns_original: true, ..granted() }), []);
    }

    #[test]
    fn the_owner_sees_every_photo_in_every_state() {
        let gone = Facts { is_open: false, is_hanging: false, ..facts() };
        assert_eq!(allowed(&person(Role::Owner), &gone), [View, DownloadWeb, DownloadOriginal]);
    }

    #[test]
    fn a_photographer_sees_the_own_galleries_only() {
        let photographer = person(Role::Photographer);
        let own = Facts { gallery_photographer: photographer.user().unwrap(), is_open: false, has_watermark: true, ..facts() };
        assert_eq!(allowed(&photographer, &own), [View, DownloadWeb, DownloadOriginal]);
        assert!(!decide(&photographer, &own, View).unwrap().marked);
        assert_eq!(allowed(&photographer, &facts()), []);
    }

    #[test]
    fn crew_stays_out_of_what_a_photographer_may_enter() {
        let crew = person(Role::Crew);
        assert_eq!(allowed(&crew, &Facts { gallery_photographer: crew.user().unwrap(), ..facts() }), []);
    }

    #[test]
    fn a_grant_lets_look_and_buy_but_not_take() {
        assert_eq!(allowed(&person(Role::Client), &granted()), [View, Buy]);
        assert_eq!(allowed(&person(Role::Client), &Facts { shows_prices: false, ..granted() }), [View]);
    }

    #[test]
    fn free_downloads_give_both_sizes_clean() {
        let free = Facts { has_free_downloads: true, has_watermark: true, ..granted() };
        let client = person(Role::Client);
        assert_eq!(allowed(&client, &free), [View, DownloadWeb, DownloadOriginal, Buy]);
        assert!(decide(&client, &free, View).unwrap().marked);
        assert!(!decide(&client, &free, DownloadWeb).unwrap().marked);
        assert_eq!(allowed(&client, &Facts { is_granted: false, ..free }), [], "free is for guests of the gallery, not for everybody");
    }

    #[test]
    fn an_unpublished_or_removed_gallery_and_a_removed_photo_are_gone_for_clients() {
        for gone in [Facts { is_open: false, ..granted() }, Facts { is_hanging: false, ..granted() }] {
            assert_eq!(allowed(&person(Role::Client), &Facts { has_free_downloads: true, ..gone }), []);
        }
    }

    #[test]
    fn what_was_bought_stays_whatever_happens_to_the_gallery() {
        let gone = Facts { is_open: false, is_hanging: false, has_watermark: true, ..facts() };
        let client = person(Role::Client);
        assert_eq!(allowed(&client, &Facts { owns_original: true, ..gone.clone() }), [View, DownloadWeb, DownloadOriginal]);
        assert_eq!(allowed(&client, &Facts { owns_web: true, ..gone.clone() }), [View, DownloadWeb]);
        assert_eq!(decide(&client, &Facts { owns_web: true, ..gone }, View), Some(Verdict { via: Via::Entitlement, marked: false }));
    }

    #[test]
    fn the_watermark_lies_on_what_is_not_bought() {
        let client = person(Role::Client);
        let marked = Facts { has_watermark: true, ..granted() };
        assert!(decide(&client, &marked, View).unwrap().marked);
        assert!(!decide(&client, &Facts { owns_web: true, ..marked }, View).unwrap().marked);
    }
}
