use super::scrub;
use std::io::{self, Write};
use tracing_subscriber::{EnvFilter, fmt::MakeWriter};

/// Whether the log understands this: a level, or levels by the program's parts. A single word that is no level would be
/// taken for the name of a part, and the log would be silent.
pub fn is_filter(filter: &str) -> bool {
    let is_level = |word: &str| word.is_empty() || word.parse::<tracing_subscriber::filter::LevelFilter>().is_ok();
    let named = |part: &str| part.contains(['=', '[']) || is_level(part.trim());
    EnvFilter::try_new(filter).is_ok() && filter.split(',').all(named)
}

pub fn start(filter: &str, json: bool) {
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_target(false).with_writer(Scrubbed(io::stdout));
    let started = if json { builder.json().flatten_event(true).try_init() } else { builder.compact().try_init() };
    if started.is_err() {
        tracing::debug!("a log was running already");
    }
}

/// Writes each line without what must not get out. Every line comes by here, also those of libraries.
pub struct Scrubbed<F>(pub F);

pub struct Line<W>(W);

impl<'a, W: Write + 'a, F: Fn() -> W> MakeWriter<'a> for Scrubbed<F> {
    type Writer = Line<W>;
    fn make_writer(&'a self) -> Self::Writer {
        Line(self.0())
    }
}

impl<W: Write> Write for Line<W> {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.0.write_all(scrub(&String::from_utf8_lossy(line)).as_bytes())?;
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use std::sync::{Arc, Mutex};

    #[derive(Clone, Default)]
    struct Page(Arc<Mutex<Vec<u8>>>);

    impl Write for Page {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_line_of_json_says_which_request_and_no_secret() {
        let page = Page::default();
        let there = page.clone();
        let log = tracing_subscriber::fmt().json().flatten_event(true).with_writer(Scrubbed(move || there.clone())).finish();
        tracing::subscriber::with_default(log, || {
            let _request = tracing::info_span!("request", id = "BCDFGHJKLMNP").entered();
            tracing::warn!(password = "hunter2", reply = "550 <ada@example.com> unknown", "mail to ada@example.com came back");
        });
        let text = String::from_utf8(page.0.lock().unwrap().clone()).unwrap();
        let line: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(line["span"]["id"], "BCDFGHJKLMNP");
        assert_eq!(line["level"], "WARN");
        assert!(!text.contains("ada@") && !text.contains("hunter2"), "{text}");
    }
}
