//! Turns at a PostgreSQL. A server may give fewer connections than the settings allow, and fewer today than yesterday.
//! If everybody knocked there for one more, each would spend all patience at the door while open lines rest; so one at a
//! time knocks, and the others wait for the next line that is open.
use sqlx::{Connection, PgPool, Postgres, Transaction, pool::PoolConnection};
use std::{
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{sleep, timeout},
};

/// How long a request waits for its turn.
pub(super) const TURN: Duration = Duration::from_secs(4);
/// How long somebody who waits trusts in one knock.
const KNOCKING: Duration = Duration::from_millis(50);
/// A line comes back a blink after its turn; later it is not there any more.
const BLINK: Duration = Duration::from_millis(60);
/// So long a turn may take to open its lost line again, before it is given up.
const REOPENING: Duration = Duration::from_secs(1);

#[derive(Clone)]
pub struct Lines {
    pool: PgPool,
    desk: Arc<Desk>,
}

struct Desk {
    /// One for each line that is known to be open.
    turns: Arc<Semaphore>,
    open: AtomicUsize,
    most: usize,
    is_knocking: AtomicBool,
}

/// A line for one statement; it goes back by itself.
pub(super) struct Line {
    pub on: PoolConnection<Postgres>,
    _turn: OwnedSemaphorePermit,
}

impl Lines {
    /// Of a pool that has opened its first line.
    pub fn of(pool: PgPool, most: usize) -> Self {
        let desk = Desk { turns: Arc::new(Semaphore::new(1)), open: AtomicUsize::new(1), most, is_knocking: AtomicBool::new(false) };
        Self { pool, desk: Arc::new(desk) }
    }

    pub fn pool(&self) -> &PgPool {
        &self.pool
    }

    pub(super) async fn line(&self) -> Result<Line, sqlx::Error> {
        timeout(TURN, self.next()).await.unwrap_or(Err(sqlx::Error::PoolTimedOut))
    }

    /// The turn lasts as long as the transaction.
    pub(super) async fn begin(&self) -> Result<(Transaction<'static, Postgres>, OwnedSemaphorePermit), sqlx::Error> {
        let Line { on, _turn: turn } = self.line().await?;
        Ok((Transaction::begin(on, None).await?, turn))
    }

    async fn next(&self) -> Result<Line, sqlx::Error> {
        loop {
            let turn = match self.desk.turns.clone().try_acquire_owned() {
                Ok(turn) => turn,
                Err(_) => self.wait().await?,
            };
            if let Some(on) = self.open_line().await {
                return Ok(Line { on, _turn: turn });
            }
            match timeout(REOPENING, self.pool.acquire()).await {
                Ok(Ok(on)) => return Ok(Line { on, _turn: turn }),
                Ok(Err(sqlx::Error::PoolTimedOut)) | Err(_) => {
                    // the line is lost; whoever waits next knocks for another
                    turn.forget();
                    self.desk.open.fetch_sub(1, Ordering::SeqCst);
                }
                Ok(Err(error)) => return Err(error),
            }
        }
    }

    /// Whoever waits knocks now and then: a knock that met a line just come back opened none.
    async fn wait(&self) -> Result<OwnedSemaphorePermit, sqlx::Error> {
        let mut turn = pin!(self.desk.turns.clone().acquire_owned());
        loop {
            self.knock();
            if let Ok(turn) = timeout(KNOCKING, &mut turn).await {
                return turn.map_err(|_| sqlx::Error::PoolClosed);
            }
        }
    }

    /// One that rests and still answers.
    async fn open_line(&self) -> Option<PoolConnection<Postgres>> {
        let mut pause = Duration::from_millis(1);
        while pause < BLINK {
            if let Some(mut line) = self.pool.try_acquire() {
                if line.ping().await.is_ok() {
                    return Some(line);
                }
                drop(line.detach());
            } else if self.pool.size() == 0 {
                return None;
            } else {
                sleep(pause).await;
                pause *= 2;
            }
        }
        None
    }

    /// Asks the server for one line more, unless somebody does so already or there are as many as the settings allow.
    fn knock(&self) {
        let Desk { open, most, is_knocking, .. } = &*self.desk;
        if open.load(Ordering::SeqCst) >= *most || is_knocking.swap(true, Ordering::SeqCst) {
            return;
        }
        let Self { pool, desk } = self.clone();
        tokio::spawn(async move {
            if let Ok(line) = pool.acquire().await {
                // a line that rested is not new
                let known = desk.open.load(Ordering::SeqCst);
                let fresh = (pool.size() as usize).min(desk.most).saturating_sub(known);
                desk.open.fetch_add(fresh, Ordering::SeqCst);
                desk.turns.add_permits(fresh);
                drop(line);
            }
            desk.is_knocking.store(false, Ordering::SeqCst);
        });
    }
}
