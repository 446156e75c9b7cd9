//! Who may see and have what, from the first grant to the last byte.
mod assignments;
mod bytes;
mod home;
mod in_bucket;
mod removing;
mod rights;
pub mod stage;
mod wall;
