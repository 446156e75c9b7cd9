//! The REST API as somebody else's program meets it: over HTTP, by its documented addresses.
mod again;
mod client;
mod codes;
mod document;
mod door;
mod examples;
mod forms;
mod images;
mod once;
mod orders;
mod photos;
mod tokens;
