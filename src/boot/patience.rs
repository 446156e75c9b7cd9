//! How long is waited: for a database that hangs, and for senders that dawdle.
use super::bare;
use crate::platform::Services;
use axum::{
    body::Body,
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use futures::{StreamExt, stream};
use std::{
    io,
    pin::pin,
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::time::timeout;

/// After so long somebody looks whether the database is still there, and once more each time.
const LOOK: Duration = Duration::from_millis(3_500);
const ANSWER: Duration = Duration::from_millis(1_000);
/// A sender that says nothing for so long is gone; one that has had this time must have kept the pace.
const SILENCE: Duration = Duration::from_secs(30);
/// Bytes a second, over the time that we waited for the sender.
const PACE: u64 = 1_024;

/// Work may take as long as it needs, but not on a database that doesn't answer: then "busy" is said in time.
pub async fn not_in_vain(State(services): State<Arc<Services>>, request: Request, next: Next) -> Response {
    let wants_html = super::doors::wants_html(request.headers()) && !super::api::door::is_ours(request.uri().path());
    let mut answer = pin!(next.run(request));
    loop {
        let is_there = async {
            tokio::time::sleep(LOOK).await;
            services.db.is_there(ANSWER).await
        };
        tokio::select! {
            response = &mut answer => return response,
            is_there = is_there => if !is_there {
                return bare::busy(wants_html);
            },
        }
    }
}

/// Somebody who sends a byte a second holds up nobody, and is not waited for.
pub async fn steady_senders(request: Request, next: Next) -> Response {
    next.run(request.map(steady)).await
}

fn steady(body: Body) -> Body {
    let start = (body.into_data_stream(), 0u64, Duration::ZERO);
    Body::from_stream(stream::try_unfold(start, |(mut data, mut seen, mut waited)| async move {
        let since = Instant::now();
        let Ok(chunk) = timeout(SILENCE, data.next()).await else { return Err(dawdling()) };
        waited += since.elapsed();
        match chunk {
            None => Ok(None),
            Some(Err(error)) => Err(io::Error::other(error)),
            Some(Ok(chunk)) => {
                seen += chunk.len() as u64;
                if waited >= SILENCE && seen < waited.as_secs() * PACE {
                    return Err(dawdling());
                }
                Ok(Some((chunk, (data, seen, waited))))
            }
        }
    }))
}

fn dawdling() -> io::Error {
    io::Error::new(io::ErrorKind::TimedOut, "the sender is too slow")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use axum::body::{Bytes, to_bytes};

    /// Bytes that come at this distance, on a clock that runs by itself.
    fn dripping(pause: Duration, chunk: usize, times: usize) -> Body {
        Body::from_stream(stream::iter(0..times).then(move |_| async move {
            tokio::time::sleep(pause).await;
            Ok::<_, io::Error>(Bytes::from(vec![0; chunk]))
        }))
    }

    #[tokio::test(start_paused = true)]
    async fn silence_ends_a_body() {
        assert!(to_bytes(steady(dripping(Duration::from_secs(31), 1_000_000, 2)), usize::MAX).await.is_err());
        assert_eq!(to_bytes(steady(dripping(Duration::from_secs(1), 5_000, 100)), usize::MAX).await.unwrap().len(), 500_000);
    }
}
