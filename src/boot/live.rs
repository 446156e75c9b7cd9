//! The live line: one stream of server-sent events a page. It carries names of what changed, never what it is now; who
//! hears one reads the rows through the usual doors. A stream ends with its session, and with the server.
use crate::{
    features::{accounts::server::service as accounts, galleries::server::service as galleries, orders::server::service as orders},
    platform::{
        RequestContext,
        live::{Listener, News, Topic},
    },
    shared::{AppError, UserId},
};
use axum::{
    extract::Query,
    http::{HeaderMap, HeaderName},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures::{StreamExt, stream};
use std::{
    collections::{HashMap, VecDeque},
    convert::Infallible,
    sync::{LazyLock, Mutex, PoisonError},
    time::Duration,
};
use tokio::time::{Interval, MissedTickBehavior, interval};

/// Topics that one page may watch.
const MOST_TOPICS: usize = 20;
/// Streams that one person may keep open at an instance.
const MOST_OF_ONE: usize = 24;
/// Streams that one instance keeps open.
const MOST_STREAMS: usize = 2_000;
/// The own list of orders.
const MINE: &str = "mine";
/// How often a stream asks whether its person may still hear.
const LOOK: Duration = Duration::from_secs(30);

/// Who listens here, and on how many streams.
static SEATS: LazyLock<Mutex<HashMap<UserId, usize>>> = LazyLock::new(Mutex::default);

/// One stream of somebody, until it ends.
struct Seat(UserId);

impl Seat {
    fn take(person: UserId) -> Result<Self, AppError> {
        let mut seats = SEATS.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = seats.entry(person).or_default();
        if *taken >= MOST_OF_ONE {
            return Err(AppError::TooMany { retry_after: 30 });
        }
        *taken += 1;
        Ok(Self(person))
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut seats = SEATS.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(taken) = seats.get_mut(&self.0) {
            *taken -= 1;
            if *taken == 0 {
                seats.remove(&self.0);
            }
        }
    }
}

/// `GET /live?topic=gallery:…&topic=…`. Each event has the number of the news as its id; a browser that comes back says
/// the last one, and when nothing was told since then it need not read again.
pub async fn stream(cx: RequestContext, Query(asked): Query<Vec<(String, String)>>, headers: HeaderMap) -> Result<Response, AppError> {
    let me = cx.actor.person()?.id;
    let asked: Vec<String> = asked.into_iter().filter(|(name, _)| name == "topic").map(|(_, topic)| topic).collect();
    if asked.is_empty() || asked.len() > MOST_TOPICS {
        return Err(AppError::BadRequest);
    }
    if cx.db.live().listeners() >= MOST_STREAMS {
        return Err(AppError::Unavailable);
    }
    let seat = Seat::take(me)?;
    // first listen, then look: what changes in between is heard
    let listener = cx.db.live().subscribe();
    let mut topics = vec![];
    for topic in &asked {
        topics.push(hears(&cx, topic).await?);
    }
    let mut look = interval(LOOK);
    look.set_missed_tick_behavior(MissedTickBehavior::Delay);
    look.reset();
    let has_all = headers.get("last-event-id").is_some_and(|last| last.as_bytes() == listener.at().as_bytes());
    let waiting = if has_all { VecDeque::new() } else { VecDeque::from([event("hello", "", listener.at())]) };
    let line = Line { own: Topic::of("person", me), cx, topics, listener, look, waiting, _seat: seat };
    let events = stream::unfold(line, |mut line| async move { line.next().await.map(|event| (event, line)) });
    let sse = Sse::new(events.map(Ok::<_, Infallible>)).keep_alive(KeepAlive::new().interval(Duration::from_secs(15)));
    // reverse proxies must not collect a stream before they pass it on
    Ok(([(HeaderName::from_static("x-accel-buffering"), "no")], sse).into_response())
}

/// Each noun's own rule says who may hear of it.
async fn hears(cx: &RequestContext, topic: &str) -> Result<Topic, AppError> {
    match topic.split_once(':') {
        Some(("gallery", id)) => galleries::gallery_to_run(cx, id.parse()?).await.map(|row| Topic::of("gallery", row.id)),
        Some(("order", id)) => orders::order_to_hear(cx, id.parse()?).await.map(|id| Topic::of("order", id)),
        // that there was some change tells nobody about what; each sees the own part of the list
        Some(("orders", "all")) => cx.actor.runs_galleries().map(|_| Topic::of("orders", "all")),
        Some(("orders", whose)) if whose == MINE || cx.actor.user() == whose.parse().ok() => Ok(Topic::of("orders", cx.actor.person()?.id)),
        _ => Err(AppError::NotFound),
    }
}

struct Line {
    cx: RequestContext,
    /// Told when one of the person's sessions ended.
    own: Topic,
    topics: Vec<Topic>,
    listener: Listener,
    look: Interval,
    waiting: VecDeque<Event>,
    _seat: Seat,
}

impl Line {
    /// None ends the stream.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.waiting.pop_front() {
                return Some(event);
            }
            tokio::select! {
                news = self.listener.next() => match news? {
                    News::Changed(topic) if topic == self.own => self.may_go_on().await?,
                    News::Changed(topic) if self.topics.contains(&topic) => {
                        self.waiting.push_back(event("changed", topic.as_str(), self.listener.at()));
                    }
                    News::Changed(_) => {}
                    News::Missed => {
                        self.may_go_on().await?;
                        self.waiting.push_back(event("hello", "", self.listener.at()));
                    }
                },
                _ = self.look.tick() => self.may_go_on().await?,
            }
        }
    }

    /// Asks anew who this is and what they may hear. A database that is away is no reason to hang up.
    async fn may_go_on(&mut self) -> Option<()> {
        let secret = self.cx.client.session.clone()?;
        match accounts::is_still(&self.cx.services, &secret).await {
            Ok(actor) if actor.user().is_some() => self.cx = self.cx.acting_as(actor),
            Err(AppError::Unavailable) => return Some(()),
            _ => return None,
        }
        for topic in &self.topics {
            match hears(&self.cx, topic.as_str()).await {
                Ok(_) | Err(AppError::Unavailable) => {}
                Err(_) => return None,
            }
        }
        Some(())
    }
}

fn event(name: &str, data: &str, at: &str) -> Event {
    Event::default().event(name).data(data).id(at)
}
