//! Several programs on one database are one studio; and one program on a database that is ill says so in time.
mod ending;
mod illness;
mod line;
mod proxy;
mod server;
mod together;
