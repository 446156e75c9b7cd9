use std::sync::Arc;
use tokio::sync::Notify;

/// Rung after a commit that enqueued something. Nobody relies on it: workers also look once a second.
#[derive(Clone, Default)]
pub struct Bell(Arc<Notify>);

impl Bell {
    pub fn ring(&self) {
        self.0.notify_waiters();
        self.0.notify_one();
    }

    pub async fn rung(&self) {
        self.0.notified().await;
    }
}
