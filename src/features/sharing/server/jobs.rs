use super::announce;
use crate::platform::jobs::Handler;

/// `announce_gallery`: its subject is the gallery whose people have not been written to.
pub fn handlers() -> Vec<(&'static str, Handler)> {
    let announce_gallery = Handler {
        run: |services, gallery| Box::pin(async move { announce::announce(&services, gallery.parse()?).await }),
        // the access itself is there; only the letter is missing, and the log says why
        gave_up: |_, _, _| Box::pin(async { Ok(()) }),
    };
    vec![("announce_gallery", announce_gallery)]
}
