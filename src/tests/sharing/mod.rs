//! Who may see and have what, from the first grant to the last byte.
mod assignments;
mod bytes;
mod rights;
mod stage;
mod wall;
