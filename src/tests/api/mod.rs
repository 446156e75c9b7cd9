//! The REST API as somebody else's program meets it: over HTTP, by its documented addresses.
mod client;
mod codes;
mod examples;
mod photos;
mod document;
mod door;
mod images;
mod tokens;
