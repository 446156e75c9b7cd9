//! Admits work on pixels by the memory it will need, known from the file's header, not by the number of files.
use crate::shared::AppError;
use std::sync::Arc;
use tokio::sync::Semaphore;

const MEBIBYTE: u64 = 1024 * 1024;

pub struct ImagingPool {
    memory: Arc<Semaphore>,
    budget: u64,
    threads: Arc<Semaphore>,
}

impl ImagingPool {
    /// `budget` in MiB of decoded pixels at once, on at most `threads` cores.
    pub fn new(budget: u64, threads: usize) -> Self {
        Self { memory: Arc::new(Semaphore::new(budget as usize)), budget, threads: Arc::new(Semaphore::new(threads.max(1))) }
    }

    /// Runs `work` on a blocking thread once `bytes` fit the budget; work larger than the whole budget runs alone.
    pub async fn run<T: Send + 'static>(&self, bytes: u64, work: impl FnOnce() -> T + Send + 'static) -> Result<T, AppError> {
        let share = bytes.div_ceil(MEBIBYTE).clamp(1, self.budget) as u32;
        let fault = |e: &dyn std::fmt::Display| super::log::internal("imaging", e);
        let _thread = self.threads.clone().acquire_owned().await.map_err(|e| fault(&e))?;
        let _memory = self.memory.clone().acquire_many_owned(share).await.map_err(|e| fault(&e))?;
        tokio::task::spawn_blocking(work).await.map_err(|e| fault(&e))
    }
}
