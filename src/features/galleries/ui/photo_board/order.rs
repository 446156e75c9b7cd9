//! Where moved photographs come to stand.
use crate::shared::PhotoId;

/// A place on the board: beside this photograph.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    pub beside: PhotoId,
    pub after: bool,
}

/// The new order, and the photograph before which the moved ones stand (none: at the end). None when nothing moves.
pub fn rearranged(order: &[PhotoId], moved: &[PhotoId], place: Place) -> Option<(Vec<PhotoId>, Option<PhotoId>)> {
    let here = order.iter().position(|id| *id == place.beside)? + usize::from(place.after);
    let target = order.iter().skip(here).find(|id| !moved.contains(id)).copied();
    let (going, mut staying): (Vec<_>, Vec<_>) = order.iter().partition(|id| moved.contains(id));
    let at = target.and_then(|target| staying.iter().position(|id| *id == target)).unwrap_or(staying.len());
    staying.splice(at..at, going);
    (staying != order).then_some((staying, target))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn photographs_come_to_stand_where_they_were_let_go() {
        let id: Vec<PhotoId> = (0..5).map(|n| PhotoId(uuid::Uuid::from_u128(n))).collect();
        let moving = |moved: &[usize], beside: usize, after: bool| {
            let moved: Vec<_> = moved.iter().map(|n| id[*n]).collect();
            let (order, target) = rearranged(&id, &moved, Place { beside: id[beside], after })?;
            let place = |wanted: PhotoId| id.iter().position(|id| *id == wanted).unwrap();
            Some((order.into_iter().map(place).collect::<Vec<_>>(), target.map(place)))
        };
        assert_eq!(moving(&[3], 1, false), Some((vec![0, 3, 1, 2, 4], Some(1))));
        assert_eq!(moving(&[0], 2, true), Some((vec![1, 2, 0, 3, 4], Some(3))));
        assert_eq!(moving(&[1], 4, true), Some((vec![0, 2, 3, 4, 1], None)));
        // several keep their order, also when they are let go on one of them
        assert_eq!(moving(&[4, 0], 2, false), Some((vec![1, 0, 4, 2, 3], Some(2))));
        assert_eq!(moving(&[1, 3], 3, false), Some((vec![0, 2, 1, 3, 4], Some(4))));
        for (moved, beside, after) in [(2, 2, false), (2, 2, true), (2, 1, true), (2, 3, false)] {
            assert_eq!(moving(&[moved], beside, after), None);
        }
    }
}
