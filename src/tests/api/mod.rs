//! The REST API as somebody else's program meets it: over HTTP, by its documented addresses.
mod client;
mod codes;
mod document;
mod door;
mod examples;
mod images;
mod orders;
mod photos;
mod tokens;
