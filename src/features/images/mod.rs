//! Images that a person keeps here through the API: theirs alone, whatever the studio does with its photographs.
#[cfg(feature = "ssr")]
pub mod server;
