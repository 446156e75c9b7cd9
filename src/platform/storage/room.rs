//! What a disk that takes nothing means: "try again later" to the person, one line a minute in the log.
use crate::{platform::log, shared::AppError};
use std::{
    io::{Error, ErrorKind},
    sync::{Arc, Mutex},
};

static FULL: log::Seldom = log::Seldom::new();

pub fn failed(error: &Error) -> AppError {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::ReadOnlyFilesystem => {
            if FULL.is_due() {
                tracing::error!(%error, "the disk takes nothing: uploads are refused until there is room again");
            }
            AppError::Full
        }
        _ => log::internal("storage", error),
    }
}

/// A disk that can be told to fail, for drills: a full one cannot be had in every test.
#[derive(Clone, Debug, Default)]
pub struct Drill(Arc<Mutex<Option<ErrorKind>>>);

impl Drill {
    /// Every write fails like this from now on; none: the disk is well again.
    pub fn set(&self, failure: Option<ErrorKind>) {
        if let Ok(mut slot) = self.0.lock() {
            *slot = failure;
        }
    }

    pub(super) fn pass(&self) -> Result<(), Error> {
        match self.0.lock().ok().and_then(|slot| *slot) {
            Some(kind) => Err(kind.into()),
            None => Ok(()),
        }
    }
}
