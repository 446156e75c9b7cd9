//! Taking photographs out of a gallery. What was sold stays with its buyers, and whoever removes it is told so first.
use super::entitlements;
use crate::{
    features::{galleries::server::service as galleries, photos::server::service::Undo},
    platform::RequestContext,
    shared::{AppError, GalleryId, PhotoId},
};

/// `knowing`: the sentence about sold photographs was read and agreed to.
pub async fn remove_photos(cx: &RequestContext, gallery: GalleryId, photos: &[PhotoId], knowing: bool) -> Result<(Undo, u64), AppError> {
    galleries::gallery_to_run(cx, gallery).await?;
    if !knowing {
        let sold = entitlements::sold_of(&cx.db, gallery, photos).await?;
        if !sold.is_empty() {
            return Err(AppError::Conflict(warning(&sold)));
        }
    }
    galleries::remove_photos(cx, gallery, photos).await
}

/// Names the first few.
fn warning(sold: &[String]) -> String {
    match sold {
        [one] => format!("{one} was sold. Its buyer keeps it, with the download; only the gallery loses it."),
        few if few.len() <= 3 => format!("{} were sold. {KEPT}", few.join(", ")),
        many => format!("{} and {} more were sold. {KEPT}", many[..3].join(", "), many.len() - 3),
    }
}

const KEPT: &str = "Their buyers keep them, with the downloads; only the gallery loses them.";

#[cfg(test)]
mod tests {
    use super::warning;

    #[test]
    fn the_warning_names_what_was_sold() {
        let names = |n: usize| (1..=n).map(|n| format!("{n}.jpg")).collect::<Vec<_>>();
        assert!(warning(&names(1)).starts_with("1.jpg was sold."));
        assert!(warning(&names(3)).starts_with("1.jpg, 2.jpg, 3.jpg were sold."));
        assert!(warning(&names(5)).starts_with("1.jpg, 2.jpg, 3.jpg and 2 more were sold."));
    }
}
