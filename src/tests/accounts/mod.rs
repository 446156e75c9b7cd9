mod doors;
pub mod given;
mod inviting;
mod managing;
mod own_page;
mod recovering;
mod sessions;
mod signing_in;
mod signing_up;
