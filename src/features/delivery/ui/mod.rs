mod front;

pub use front::Front;
