use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

/// The time, in unix milliseconds. Tests hold a clock that they move themselves.
#[derive(Clone, Debug, Default)]
pub struct Clock(Option<Arc<AtomicI64>>);

impl Clock {
    pub fn fixed(now: i64) -> Self {
        Self(Some(Arc::new(AtomicI64::new(now))))
    }

    pub fn now(&self) -> i64 {
        match &self.0 {
            Some(fixed) => fixed.load(Ordering::SeqCst),
            None => jiff::Timestamp::now().as_millisecond(),
        }
    }

    /// Moves a fixed clock; the real one cannot be moved.
    pub fn advance(&self, milliseconds: i64) {
        if let Some(fixed) = &self.0 {
            fixed.fetch_add(milliseconds, Ordering::SeqCst);
        }
    }
}

pub const SECOND: i64 = 1_000;
pub const MINUTE: i64 = 60 * SECOND;
pub const HOUR: i64 = 60 * MINUTE;
pub const DAY: i64 = 24 * HOUR;
