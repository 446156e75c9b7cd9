//! Giving and taking access.
pub use super::announce::sample_letters;
use super::{
    policy,
    store::{self, GalleryRow, NewGrants, Whom},
};
use crate::{
    features::{
        accounts::{PersonCard, server::service as accounts},
        sharing::{Access, AccessView, Assign, Assigned, ClientGallery, ClientRow, KnownClient},
    },
    platform::{
        RequestContext,
        history::{self, Change},
        jobs::{self, Job},
    },
    shared::{AppError, BatchId, GalleryId, UserId, email_key, is_email, one_line},
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

pub use super::removal::remove_photos;

/// More addresses than one assignment should have; a slip of the clipboard rather than a wish.
const MOST_PEOPLE: usize = 200;

/// Lets people into a gallery, or gives them some of its photos, as one batch that can be undone. Letters go out when the
/// gallery is published. What somebody has already is not given twice.
pub async fn assign(cx: &RequestContext, form: Assign) -> Result<Assigned, AppError> {
    let gallery = own_gallery(cx, form.gallery).await?;
    let everybody = recipients(cx, &form).await?;
    let photos: Vec<_> = form.photos.iter().copied().collect::<BTreeSet<_>>().into_iter().collect();
    let new = NewGrants { batch: BatchId::new(), gallery: gallery.id, photos: &photos, by: cx.actor.user(), now: cx.now() };
    let mut tx = cx.db.begin().await?;
    if store::count_in_gallery(&mut tx, gallery.id, &photos).await? != photos.len() {
        return Err(AppError::NotFound);
    }
    let mut people = 0;
    for whom in &everybody {
        people += usize::from(store::give(&mut tx, &new, whom).await? > 0);
    }
    if people > 0 {
        let what = if photos.is_empty() { "the whole gallery".to_string() } else { format!("{} photographs", photos.len()) };
        let reason = format!("{what} to {people} people");
        history::record(
            &mut tx,
            &cx.actor,
            cx.now(),
            Change { entity: "grant", id: new.batch.to_string(), from: "", to: "given", reason: &reason },
        )
        .await?;
        jobs::enqueue(&mut tx, &cx.clock, Job::new("announce_gallery", gallery.id).urgent()).await?;
    }
    tx.commit().await?;
    cx.bell.ring();
    Ok(Assigned { batch: new.batch, gallery: gallery.id, people, already: everybody.len() - people, is_published: gallery.is_published })
}

/// Takes back exactly what one assignment gave, and says how much that was.
pub async fn undo_batch(cx: &RequestContext, batch: BatchId) -> Result<(GalleryId, u64), AppError> {
    cx.actor.runs_galleries()?;
    let mut tx = cx.db.begin().await?;
    let gallery = store::gallery_of_batch(&mut tx, batch).await?.ok_or(AppError::NotFound)?;
    let row = store::gallery(&mut tx, gallery).await?;
    if !row.is_some_and(|row| policy::is_staff_of(&cx.actor, row.photographer_id)) {
        return Err(AppError::NotFound);
    }
    let taken = store::revoke_batch(&mut tx, batch, cx.now()).await?;
    history::record(
        &mut tx,
        &cx.actor,
        cx.now(),
        Change { entity: "grant", id: batch.to_string(), from: "given", to: "taken back", reason: "undone" },
    )
    .await?;
    tx.commit().await?;
    Ok((gallery, taken))
}

/// Takes everything that one person or address has in one gallery. Bought copies stay.
pub async fn revoke(cx: &RequestContext, gallery: GalleryId, person: Option<UserId>, email: Option<String>) -> Result<(), AppError> {
    let gallery = own_gallery(cx, gallery).await?;
    let whom = match (person, email) {
        (Some(id), _) => Whom::Account(id),
        (None, Some(email)) => Whom::Address(email),
        (None, None) => return Err(AppError::NotFound),
    };
    let mut tx = cx.db.begin().await?;
    if store::revoke_person(&mut tx, gallery.id, &whom, cx.now()).await? == 0 {
        return Err(AppError::NotFound);
    }
    history::record(
        &mut tx,
        &cx.actor,
        cx.now(),
        Change { entity: "grant", id: gallery.id.to_string(), from: "given", to: "taken back", reason: "one person" },
    )
    .await?;
    tx.commit().await
}

/// Who has access, and whom one might give it to.
pub async fn gallery_access(cx: &RequestContext, gallery: GalleryId) -> Result<AccessView, AppError> {
    let gallery = own_gallery(cx, gallery).await?;
    let rows = store::access(&cx.db, gallery.id).await?;
    let people = names(cx, rows.iter().filter_map(|row| row.user_id)).await?;
    let proven = proven(cx, rows.iter().filter_map(|row| row.email_key.clone())).await?;
    let access = rows.into_iter().map(|row| {
        let known = row.user_id.and_then(|id| people.get(&id)).or(row.email_key.as_ref().and_then(|key| proven.get(key)));
        Access {
            person: row.user_id,
            waits: known.is_none(),
            name: known.map(|card| card.name.clone()).unwrap_or_default(),
            email: known.map(|card| card.email.clone()).or(row.email).or(row.email_key).unwrap_or_default(),
            is_whole: row.whole > 0,
            photos: row.photos,
        }
    });
    Ok(AccessView { gallery: gallery.id, is_published: gallery.is_published, access: access.collect(), clients: known_clients(cx).await? })
}

/// The owner knows all clients, a photographer those who were let into one of their galleries.
pub async fn known_clients(cx: &RequestContext) -> Result<Vec<KnownClient>, AppError> {
    let me = cx.actor.runs_galleries()?.id;
    let cards = if cx.actor.is_owner() {
        accounts::clients(&cx.db).await?
    } else {
        let held = store::holdings(&cx.db, Some(me)).await?;
        let mut cards = names(cx, held.iter().filter_map(|row| row.user_id)).await?;
        // most of them were let in by an address, and have shown since that it is theirs
        let by_address = proven(cx, held.into_iter().filter_map(|row| row.email_key)).await?;
        cards.extend(by_address.into_values().map(|card| (card.id, card)));
        cards.into_values().collect()
    };
    let mut all: Vec<_> = cards.into_iter().map(|card| KnownClient { id: card.id, name: card.name, email: card.email }).collect();
    all.sort_by_key(|client| client.name.to_lowercase());
    Ok(all)
}

/// The clients' page: each with the galleries they may enter; addresses without an account stand there too.
pub async fn clients_page(cx: &RequestContext) -> Result<Vec<ClientRow>, AppError> {
    let me = cx.actor.runs_galleries()?.id;
    let holdings = store::holdings(&cx.db, (!cx.actor.is_owner()).then_some(me)).await?;
    let mut rows: BTreeMap<(String, String), ClientRow> = BTreeMap::new();
    let known = known_clients(cx).await?;
    let by_id: HashMap<_, _> = known.iter().map(|client| (client.id, client)).collect();
    let others = names(cx, holdings.iter().filter_map(|row| row.user_id).filter(|id| !by_id.contains_key(id))).await?;
    let proven = proven(cx, holdings.iter().filter_map(|row| row.email_key.clone())).await?;
    let mut put = |person: Option<UserId>, name: &str, email: &str, gallery: Option<ClientGallery>| {
        let row = rows.entry((name.to_lowercase(), email_key(email))).or_insert_with(|| ClientRow {
            person,
            name: name.into(),
            email: email.into(),
            galleries: vec![],
        });
        row.galleries.extend(gallery);
    };
    for client in &known {
        put(Some(client.id), &client.name, &client.email, None);
    }
    for held in holdings {
        let gallery = ClientGallery {
            id: held.gallery_id,
            title: held.title,
            is_published: held.is_published,
            is_whole: held.whole > 0,
            photos: held.photos,
        };
        match held.user_id {
            Some(id) => {
                let (name, email) = match (by_id.get(&id), others.get(&id)) {
                    (Some(client), _) => (client.name.clone(), client.email.clone()),
                    (None, Some(card)) => (card.name.clone(), card.email.clone()),
                    (None, None) => continue,
                };
                put(Some(id), &name, &email, Some(gallery));
            }
            None => match held.email_key.as_ref().and_then(|key| proven.get(key)) {
                Some(card) => put(Some(card.id), &card.name, &card.email, Some(gallery)),
                None => put(None, "", &held.email.or(held.email_key).unwrap_or_default(), Some(gallery)),
            },
        }
    }
    Ok(rows.into_values().collect())
}

/// The gallery, if the one who asks runs it.
async fn own_gallery(cx: &RequestContext, id: GalleryId) -> Result<GalleryRow, AppError> {
    cx.actor.runs_galleries()?;
    let row = store::gallery(&cx.db, id).await?.filter(|row| !row.is_removed);
    row.filter(|row| policy::is_staff_of(&cx.actor, row.photographer_id)).ok_or(AppError::NotFound)
}

/// Picked accounts and typed addresses, each once. Who is in the gallery already stays there in the way they came, so
/// that nobody has the same right twice.
async fn recipients(cx: &RequestContext, form: &Assign) -> Result<BTreeSet<Whom>, AppError> {
    let mut picked: BTreeMap<UserId, String> = BTreeMap::new();
    if !form.people.is_empty() {
        let known: HashMap<_, _> = known_clients(cx).await?.into_iter().map(|client| (client.id, client.email)).collect();
        for id in &form.people {
            let email = known.get(id).ok_or_else(|| AppError::field("people", "choose clients from the list"))?;
            picked.insert(*id, email_key(email));
        }
    }
    // two spellings of one address are one address
    let mut typed: BTreeMap<String, String> = BTreeMap::new();
    for word in form.emails.split([',', ';', '\n', '\r', '\t', ' ']).map(one_line).filter(|word| !word.is_empty()) {
        if !is_email(&word) {
            return Err(AppError::field("emails", format!("“{word}” is no e-mail address")));
        }
        typed.entry(email_key(&word)).or_insert(word);
    }
    typed.retain(|key, _| !picked.values().any(|email| email == key));
    match picked.len() + typed.len() {
        0 => return Err(AppError::field("emails", "choose a client, or write an e-mail address")),
        many if many > MOST_PEOPLE => return Err(AppError::field("emails", format!("at most {MOST_PEOPLE} people at once"))),
        _ => {}
    }
    let inside = store::access(&cx.db, form.gallery).await?;
    let by_address: BTreeSet<_> = inside.iter().filter_map(|row| row.email_key.as_deref()).collect();
    let accounts: BTreeSet<_> = inside.iter().filter_map(|row| row.user_id).collect();
    let people = proven(cx, typed.keys().cloned()).await?;
    let picked = picked.into_iter().map(|(id, email)| match by_address.contains(email.as_str()) {
        true if !accounts.contains(&id) => Whom::Address(email),
        _ => Whom::Account(id),
    });
    let typed = typed.into_iter().map(|(key, email)| match people.get(&key) {
        Some(card) if accounts.contains(&card.id) && !by_address.contains(key.as_str()) => Whom::Account(card.id),
        _ => Whom::Address(email),
    });
    Ok(picked.chain(typed).collect())
}

async fn names(cx: &RequestContext, ids: impl Iterator<Item = UserId>) -> Result<HashMap<UserId, PersonCard>, AppError> {
    let ids: Vec<_> = ids.collect::<BTreeSet<_>>().into_iter().collect();
    Ok(accounts::people(&cx.db, &ids).await?.into_iter().map(|card| (card.id, card)).collect())
}

/// Who stands behind the addresses that have been proven.
async fn proven(cx: &RequestContext, keys: impl Iterator<Item = String>) -> Result<HashMap<String, PersonCard>, AppError> {
    let keys: Vec<_> = keys.collect::<BTreeSet<_>>().into_iter().collect();
    Ok(accounts::people_by_proven_emails(&cx.db, &keys).await?.into_iter().map(|card| (email_key(&card.email), card)).collect())
}
