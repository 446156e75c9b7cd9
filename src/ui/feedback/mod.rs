//! What the site says back: notices, states, and pages that could not be shown.
mod badge;
mod empty_state;
mod error_page;
mod notice;
mod offline;
mod skeleton;
mod toast;

pub use badge::Badge;
pub use empty_state::EmptyState;
pub use error_page::{ErrorPage, error_words};
pub use notice::Notice;
pub use offline::OfflineNote;
pub use skeleton::PhotoGridSkeleton;
pub use toast::Toast;
