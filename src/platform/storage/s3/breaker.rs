//! When the bucket doesn't answer, asking it again for every request only makes everybody wait: after some failures in
//! a row nobody asks for a while, then one does, and its answer decides for the others.
use crate::shared::AppError;
use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

const FAILURES: u32 = 5;
const REST: Duration = Duration::from_secs(3);

#[derive(Default)]
pub struct Breaker(Mutex<State>);

#[derive(Default)]
struct State {
    failures: u32,
    resting_until: Option<Instant>,
}

impl Breaker {
    /// Whether to ask at all.
    pub fn pass(&self, now: Instant) -> Result<(), AppError> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match state.resting_until {
            Some(until) if now < until => Err(AppError::Unavailable),
            Some(_) => {
                // this one tries; the others wait for what it hears
                state.resting_until = Some(now + REST);
                Ok(())
            }
            None => Ok(()),
        }
    }

    pub fn heard(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = State::default();
    }

    pub fn failed(&self, now: Instant) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.failures += 1;
        if state.failures >= FAILURES {
            state.resting_until = Some(now + REST);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_silent_bucket_is_left_alone_and_tried_by_one_at_a_time() {
        let (breaker, start) = (Breaker::default(), Instant::now());
        for _ in 0..FAILURES {
            assert!(breaker.pass(start).is_ok());
            breaker.failed(start);
        }
        assert_eq!(breaker.pass(start), Err(AppError::Unavailable));
        let later = start + REST;
        assert!(breaker.pass(later).is_ok(), "one tries");
        assert_eq!(breaker.pass(later), Err(AppError::Unavailable), "the others wait");
        breaker.heard();
        assert!(breaker.pass(later).is_ok() && breaker.pass(later).is_ok());
    }
}
