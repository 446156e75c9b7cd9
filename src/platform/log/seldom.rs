use std::{
    sync::{
        LazyLock,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};

/// Keeps a trouble that every request meets from filling the log: it is worth a line once a minute.
pub struct Seldom(AtomicU64);

impl Seldom {
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Self {
        Self(AtomicU64::new(0))
    }

    pub fn is_due(&self) -> bool {
        static BEGUN: LazyLock<Instant> = LazyLock::new(Instant::now);
        let now = BEGUN.elapsed().as_secs() + 60;
        let last = self.0.load(Ordering::Relaxed);
        now >= last + 60 && self.0.compare_exchange(last, now, Ordering::Relaxed, Ordering::Relaxed).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trouble_of_every_request_is_one_line_a_minute() {
        let trouble = Seldom::new();
        assert_eq!((0..1000).filter(|_| trouble.is_due()).count(), 1);
    }
}
