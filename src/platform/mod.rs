//! Server only, no business words: the outside world behind small types, and who is asking.
pub mod answer;
pub mod backup;
pub mod bearer;
pub mod clock;
pub mod config;
pub mod db;
pub mod faults;
pub mod history;
pub mod imaging;
pub mod jobs;
pub mod limits;
pub mod live;
pub mod log;
pub mod mail;
pub mod metrics;
pub mod network;
pub mod passwords;
pub mod payment;
pub mod pdf;
pub mod rest;
pub mod seal;
pub mod storage;
pub mod token;
pub mod when;

mod actor;
mod context;
mod imaging_pool;
mod to_the_end;

pub use actor::{Actor, Person};
pub use clock::Clock;
pub use context::{Client, RequestContext, Services};
pub use imaging_pool::ImagingPool;
pub use to_the_end::to_the_end;
