//! Putting photographs in order without a pointer: by one place, to an end, or all at once by a rule.
use super::service::{gallery_to_run, reorder_photos};
use crate::{
    features::{
        galleries::{SortBy, Way},
        photos::server::{NewOrder, service as photos},
    },
    platform::RequestContext,
    shared::{AppError, GalleryId, PhotoId},
};

/// Moves the chosen photographs together; at the edge they stay.
pub async fn move_photos(cx: &RequestContext, id: GalleryId, chosen: &[PhotoId], way: Way) -> Result<(), AppError> {
    gallery_to_run(cx, id).await?;
    let order: Vec<PhotoId> = photos::sorting_of(&cx.db, id).await?.into_iter().map(|photo| photo.id).collect();
    let places: Vec<usize> = (0..order.len()).filter(|place| chosen.contains(&order[*place])).collect();
    let (Some(first), Some(last)) = (places.first(), places.last()) else {
        return Err(AppError::field("photos", "choose at least one photograph"));
    };
    let target = match way {
        Way::Earlier if *first == 0 => return Ok(()),
        Way::Earlier => order.get(first - 1),
        Way::Later if last + 1 == order.len() => return Ok(()),
        Way::Later => order.get(last + 2),
        Way::First => order.iter().find(|id| !chosen.contains(id)),
        Way::Last => None,
    };
    let moved = places.iter().map(|place| order[*place]).collect();
    photos::reorder(cx, id, NewOrder::Before { moved, target: target.copied() }).await
}

/// Photographs without a moment come last, by their names.
pub async fn sort_photos(cx: &RequestContext, id: GalleryId, by: SortBy) -> Result<(), AppError> {
    gallery_to_run(cx, id).await?;
    let mut all = photos::sorting_of(&cx.db, id).await?;
    let name = |name: &str| natural(name);
    match by {
        SortBy::Name => all.sort_by_cached_key(|photo| name(&photo.filename)),
        SortBy::Taken => all.sort_by_cached_key(|photo| (photo.taken_at.is_none(), photo.taken_at.clone(), name(&photo.filename))),
    }
    reorder_photos(cx, id, NewOrder::Whole(all.into_iter().map(|photo| photo.id).collect())).await
}

/// As people count: IMG_9 comes before IMG_10.
fn natural(name: &str) -> Vec<(String, u64)> {
    let mut parts: Vec<(String, u64)> = vec![(String::new(), 0)];
    let mut in_number = false;
    for c in name.to_lowercase().chars() {
        if in_number && !c.is_ascii_digit() {
            parts.push((String::new(), 0));
        }
        in_number = c.is_ascii_digit();
        if let Some((word, number)) = parts.last_mut() {
            match c.to_digit(10) {
                Some(digit) => *number = number.saturating_mul(10).saturating_add(digit.into()),
                None => word.push(c),
            }
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::natural;

    #[test]
    fn names_are_ordered_as_people_count() {
        let mut names = ["IMG_10.jpg", "img_9.jpg", "IMG_100.jpg", "a.jpg", "IMG_9b.jpg"];
        names.sort_by_cached_key(|name| natural(name));
        assert_eq!(names, ["a.jpg", "img_9.jpg", "IMG_9b.jpg", "IMG_10.jpg", "IMG_100.jpg"]);
    }
}
