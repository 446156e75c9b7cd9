//! Instants as people read them, in the studio's time zone.
use jiff::{Timestamp, Zoned, civil::Date, tz::TimeZone};

fn zoned(at: i64, zone: &str) -> Zoned {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(zone)
}

pub fn is_zone(name: &str) -> bool {
    !name.is_empty() && TimeZone::get(name).is_ok()
}

/// The places that a form offers; `UTC` first.
pub fn zones() -> Vec<String> {
    let own =
        |name: &str| name.contains('/') && !["Etc/", "posix/", "right/", "SystemV/", "US/"].iter().any(|other| name.starts_with(other));
    let mut all: Vec<String> = jiff::tz::db().available().map(|name| name.as_str().to_string()).filter(|name| own(name)).collect();
    all.sort();
    all.dedup();
    all.insert(0, "UTC".into());
    all
}

/// `14 June 2026`
pub fn date(at: i64, zone: &str) -> String {
    zoned(at, zone).strftime("%-d %B %Y").to_string()
}

/// `14 June 2026, 15:04`
pub fn date_time(at: i64, zone: &str) -> String {
    zoned(at, zone).strftime("%-d %B %Y, %H:%M").to_string()
}

/// The calendar year in which the instant falls in the studio; order numbers carry it.
pub fn year(at: i64, zone: &str) -> i16 {
    zoned(at, zone).year()
}

/// The calendar day in the studio as forms write it: `2026-06-14`.
pub fn day(at: i64, zone: &str) -> String {
    zoned(at, zone).date().to_string()
}

/// When the studio's day began that holds this instant.
pub fn start_of_day(at: i64, zone: &str) -> i64 {
    zoned(at, zone).start_of_day().map_or(at, |start| start.timestamp().as_millisecond())
}

/// A civil date `2026-06-14` (or the date of `2026-06-14T15:04:05`) as `14 June 2026`; none when it is no date.
pub fn civil(date: &str) -> Option<String> {
    let day: Date = date.get(..10)?.parse().ok()?;
    Some(day.strftime("%-d %B %Y").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_instant_is_another_day_elsewhere() {
        let at = 1_767_225_540_000; // 2025-12-31 23:59 UTC
        assert_eq!(date_time(at, "UTC"), "31 December 2025, 23:59");
        assert_eq!(date(at, "Pacific/Kiritimati"), "1 January 2026");
        assert_eq!((year(at, "UTC"), year(at, "Pacific/Kiritimati")), (2025, 2026));
    }

    #[test]
    fn what_is_no_date_is_none() {
        assert_eq!(civil("2026-06-14").as_deref(), Some("14 June 2026"));
        assert_eq!(civil("2026-02-30"), None);
        assert_eq!(civil("junk"), None);
    }
}
