//! What the program has confirmed to somebody.
use photovault::shared::PhotoId;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex},
};

#[derive(Clone, Default)]
pub struct Ledger(Arc<Mutex<Confirmed>>);

#[derive(Clone, Default)]
pub struct Confirmed {
    /// With the bytes that were sent.
    pub photos: BTreeMap<PhotoId, Vec<u8>>,
    /// Numbers of orders.
    pub placed: BTreeSet<String>,
    pub paid: BTreeSet<String>,
}

impl Ledger {
    pub fn note<T>(&self, write: impl FnOnce(&mut Confirmed) -> T) {
        let _ = write(&mut self.0.lock().unwrap());
    }

    pub fn all(&self) -> Confirmed {
        self.0.lock().unwrap().clone()
    }

    /// Uploads, orders, payments.
    pub fn sizes(&self) -> (usize, usize, usize) {
        let all = self.all();
        (all.photos.len(), all.placed.len(), all.paid.len())
    }
}
