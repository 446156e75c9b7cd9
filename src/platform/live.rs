//! Live updates: what changed, by name only. Whoever hears of a change reads the rows, which are the truth; after any
//! break everybody is told to read again, so nothing that was missed stays missed.
//!
//! A change is told inside of its transaction and heard after the commit. On SQLite it travels in memory, on PostgreSQL
//! by NOTIFY, so that all instances hear it.
use super::{
    Services,
    db::{Db, Tx},
};
use crate::shared::AppError;
use sqlx::postgres::{PgListener, PgNotification};
use std::{
    fmt::Display,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::{
    sync::{broadcast, watch},
    task::JoinHandle,
    time::{sleep, timeout},
};

const CHANNEL: &str = "photovault";
/// News that somebody slow may be behind; who falls further back reads everything again.
const BACKLOG: usize = 1024;
/// A line on which nothing was heard for so long is tried.
const SILENCE: Duration = Duration::from_secs(15);

/// What people watch: a noun and an id, such as `gallery:0190…`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Topic(Arc<str>);

impl Topic {
    pub fn of(noun: &str, id: impl Display) -> Self {
        Self(format!("{noun}:{id}").into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[derive(Clone, Debug, PartialEq)]
pub enum News {
    Changed(Topic),
    /// Something may have been missed.
    Missed,
}

/// The place in one process where news arrive.
#[derive(Clone)]
pub struct Live {
    news: broadcast::Sender<(u64, News)>,
    told: Arc<Mutex<u64>>,
    /// Tells this process's numbers from those of others.
    process: u64,
    is_closing: watch::Sender<bool>,
}

impl Default for Live {
    fn default() -> Self {
        Self { news: broadcast::channel(BACKLOG).0, told: Arc::default(), process: rand::random(), is_closing: watch::channel(false).0 }
    }
}

impl Live {
    pub fn spread(&self, news: News) {
        // numbered and sent in one go: nobody hears a later one before an earlier one
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        *told += 1;
        // nobody listening is no error
        let _ = self.news.send((*told, news));
    }

    fn cursor(&self, at: u64) -> String {
        format!("{:x}-{at}", self.process)
    }

    /// Where the news are now; whoever has come so far has missed nothing.
    pub fn now(&self) -> String {
        self.cursor(*self.told.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub fn subscribe(&self) -> Listener {
        Listener { news: self.news.subscribe(), is_closing: self.is_closing.subscribe(), at: self.now(), live: self.clone() }
    }

    pub fn listeners(&self) -> usize {
        self.news.receiver_count()
    }

    /// Ends every stream, so that the server can end.
    pub fn close(&self) {
        self.is_closing.send_replace(true);
    }
}

pub struct Listener {
    news: broadcast::Receiver<(u64, News)>,
    is_closing: watch::Receiver<bool>,
    at: String,
    live: Live,
}

impl Listener {
    /// Where it is: what it heard last, or where the news were when it began to listen.
    pub fn at(&self) -> &str {
        &self.at
    }

    /// None when the server ends.
    pub async fn next(&mut self) -> Option<News> {
        if *self.is_closing.borrow() {
            return None;
        }
        tokio::select! {
            news = self.news.recv() => match news {
                Ok((at, news)) => {
                    self.at = self.live.cursor(at);
                    Some(news)
                }
                Err(broadcast::error::RecvError::Lagged(_)) => Some(News::Missed),
                Err(broadcast::error::RecvError::Closed) => None,
            },
            _ = self.is_closing.wait_for(|closing| *closing) => None,
        }
    }
}

/// Says that something under this topic changed; heard when the transaction is committed.
pub async fn tell(tx: &mut Tx, topic: Topic) -> Result<(), AppError> {
    tx.tell(CHANNEL, topic).await
}

/// Carries the news of all instances into this one. On SQLite there is no other instance.
pub fn start(services: Arc<Services>, mut stop: watch::Receiver<bool>) -> JoinHandle<()> {
    tokio::spawn(async move {
        let Db::Postgres { live, .. } = &services.db else { return };
        loop {
            let heard = tokio::select! {
                heard = listen(&services.config.database_url, live) => heard,
                _ = stop.wait_for(|stop| *stop) => return,
            };
            if let Err(error) = heard {
                tracing::warn!(%error, "the line for news broke; listening again");
            }
            tokio::select! {
                () = sleep(Duration::from_secs(1)) => {}
                _ = stop.wait_for(|stop| *stop) => return,
            }
        }
    })
}

/// Listens until the line breaks, on a connection of its own.
async fn listen(url: &str, live: &Live) -> Result<(), sqlx::Error> {
    let mut line = timeout(SILENCE, PgListener::connect(url)).await.map_err(|_| sqlx::Error::PoolTimedOut)??;
    line.listen(CHANNEL).await?;
    live.spread(News::Missed);
    loop {
        match timeout(SILENCE, line.try_recv()).await {
            Ok(heard) => match heard? {
                Some(heard) => live.spread(news(&heard)),
                None => live.spread(News::Missed),
            },
            Err(_) => {
                timeout(SILENCE, sqlx::query("SELECT 1").execute(&mut line)).await.map_err(|_| sqlx::Error::PoolTimedOut)??;
            }
        }
    }
}

fn news(heard: &PgNotification) -> News {
    News::Changed(Topic(heard.payload().into()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn whoever_was_away_can_tell_whether_something_was_told_meanwhile() {
        let live = Live::default();
        let topic = || News::Changed(Topic::of("gallery", 1));
        let mut one = live.subscribe();
        live.spread(topic());
        assert_eq!(one.next().await, Some(topic()));
        let last = one.at().to_string();
        drop(one);
        assert_eq!(live.subscribe().at(), last, "nothing was told since");
        live.spread(topic());
        assert_ne!(live.subscribe().at(), last);
        // another process counts by itself: its numbers say nothing here
        assert_ne!(Live::default().now(), Live::default().now());
    }
}
