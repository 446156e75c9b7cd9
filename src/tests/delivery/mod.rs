//! The rooms of clients: what each person finds in them.
mod rooms;
