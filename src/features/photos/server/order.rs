//! The photographer's order. Places are numbers with room between them: moving a few photographs writes a few rows.
use super::store::{self, Place};
use crate::{
    platform::db::Tx,
    shared::{AppError, GalleryId, PhotoId},
};

/// Room between neighbours after the whole gallery was counted anew. Uploads take the clock's milliseconds, a far
/// larger number, so that new photographs always come last.
const STEP: i64 = 1024;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NewOrder {
    /// Every photograph of the gallery, in its new order.
    Whole(Vec<PhotoId>),
    /// These, in this order, come before the target; without one they come last.
    Before { moved: Vec<PhotoId>, target: Option<PhotoId> },
}

pub async fn apply(tx: &mut Tx, gallery: GalleryId, order: NewOrder) -> Result<(), AppError> {
    let places = store::places(tx, gallery).await?;
    for place in rearranged(&places, order)? {
        store::set_position(tx, place.id, place.position).await?;
    }
    Ok(())
}

/// The rows to write.
fn rearranged(places: &[Place], order: NewOrder) -> Result<Vec<Place>, AppError> {
    match order {
        NewOrder::Whole(ids) => {
            let mut wanted = ids.clone();
            let mut there: Vec<PhotoId> = places.iter().map(|place| place.id).collect();
            wanted.sort_unstable();
            there.sort_unstable();
            if wanted != there {
                return Err(AppError::Conflict(
                    "Photographs were added or removed meanwhile. Look at the gallery again and then put them in order.".into(),
                ));
            }
            Ok(counted(ids))
        }
        NewOrder::Before { moved, target } => before(places, moved, target),
    }
}

fn before(places: &[Place], mut moved: Vec<PhotoId>, target: Option<PhotoId>) -> Result<Vec<Place>, AppError> {
    let mut seen = std::collections::BTreeSet::new();
    moved.retain(|id| seen.insert(*id));
    let is_here = |id: &PhotoId| places.iter().any(|place| place.id == *id);
    if moved.is_empty() || !moved.iter().all(is_here) || !target.as_ref().is_none_or(is_here) {
        return Err(AppError::NotFound);
    }
    if target.is_some_and(|target| moved.contains(&target)) {
        return Ok(vec![]);
    }
    let rest: Vec<&Place> = places.iter().filter(|place| !moved.contains(&place.id)).collect();
    let at = target.and_then(|target| rest.iter().position(|place| place.id == target)).unwrap_or(rest.len());
    let low = at.checked_sub(1).and_then(|n| rest.get(n)).map(|place| place.position);
    let high = rest.get(at).map(|place| place.position);
    let count = moved.len() as i64;
    // from where, and how far apart
    let (from, step) = match (low, high) {
        (Some(low), Some(high)) => (low, (high - low) / (count + 1)),
        (Some(low), None) => (low, 1),
        (None, Some(high)) => (high - (count + 1) * STEP, STEP),
        (None, None) => (0, STEP),
    };
    if step >= 1 {
        return Ok(moved.into_iter().zip(1..).map(|(id, n)| Place { id, position: from + step * n }).collect());
    }
    let mut whole: Vec<PhotoId> = rest.iter().map(|place| place.id).collect();
    whole.splice(at..at, moved);
    Ok(counted(whole))
}

fn counted(ids: Vec<PhotoId>) -> Vec<Place> {
    ids.into_iter().zip(1..).map(|(id, n)| Place { id, position: n * STEP }).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn gallery(positions: &[i64]) -> Vec<Place> {
        let mut places: Vec<Place> = positions.iter().map(|position| Place { id: PhotoId::new(), position: *position }).collect();
        places.sort_by_key(|place| (place.position, place.id));
        places
    }

    fn after(places: &[Place], order: NewOrder) -> Vec<PhotoId> {
        let written = rearranged(places, order).unwrap();
        let mut all: Vec<(i64, PhotoId)> = places
            .iter()
            .map(|place| (written.iter().find(|w| w.id == place.id).map_or(place.position, |w| w.position), place.id))
            .collect();
        all.sort_unstable();
        all.into_iter().map(|(_, id)| id).collect()
    }

    #[test]
    fn moved_photographs_stand_before_the_target_whatever_room_there_is() {
        for positions in [[1024, 2048, 3072, 4096, 5120], [7, 7, 7, 7, 7], [1, 2, 3, 4, 5]] {
            let places = gallery(&positions);
            let id: Vec<PhotoId> = places.iter().map(|place| place.id).collect();
            let order = |moved: &[usize], target: Option<usize>| NewOrder::Before {
                moved: moved.iter().map(|n| id[*n]).collect(),
                target: target.map(|n| id[n]),
            };
            assert_eq!(after(&places, order(&[4, 2], Some(1))), [id[0], id[4], id[2], id[1], id[3]]);
            assert_eq!(after(&places, order(&[3], Some(0))), [id[3], id[0], id[1], id[2], id[4]]);
            assert_eq!(after(&places, order(&[0, 1], None)), [id[2], id[3], id[4], id[0], id[1]]);
            assert_eq!(after(&places, order(&[2], Some(2))), id);
        }
    }

    #[test]
    fn a_whole_order_must_name_every_photograph_once() {
        let places = gallery(&[5, 6, 7]);
        let id: Vec<PhotoId> = places.iter().map(|place| place.id).collect();
        assert_eq!(after(&places, NewOrder::Whole(vec![id[2], id[0], id[1]])), [id[2], id[0], id[1]]);
        for wrong in [vec![id[0], id[1]], vec![id[0], id[1], id[1]], vec![id[0], id[1], PhotoId::new()]] {
            assert!(matches!(rearranged(&places, NewOrder::Whole(wrong)), Err(AppError::Conflict(_))));
        }
    }

    #[test]
    fn a_stranger_cannot_be_moved_in() {
        let places = gallery(&[5, 6]);
        assert_eq!(rearranged(&places, NewOrder::Before { moved: vec![PhotoId::new()], target: None }).err(), Some(AppError::NotFound));
    }
}
