//! What ingesting a photograph costs: `develop` over the given files, N times on W workers; one line of JSON.
//!
//!     cargo bench --bench ingest -- develop <rounds> <workers> <file>…
//!     cargo bench --bench ingest -- make <folder>            writes the test photographs, 8 to 17 MB each
//!     cargo bench --bench ingest -- write <folder> <file>…   writes the pictures that clients see of them
//!     cargo bench --bench ingest -- score <folder> <file>…   holds those, and sharp's beside them, against the originals
//!
//! `end2end/bench/ingest.sh` runs it against sharp.

mod photographs;
mod quality;

use photovault::platform::imaging::{Limits, Mark, MarkStyle, accept, develop};
use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

/// The program's own, so that the figures are the program's.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

type Outcome = Result<(), Box<dyn Error + Send + Sync>>;

fn main() -> Outcome {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match &arguments[..] {
        [verb, folder] if verb == "make" => photographs::make(Path::new(folder)),
        [verb, folder, files @ ..] if verb == "write" => quality::write(Path::new(folder), files),
        [verb, folder, files @ ..] if verb == "score" => quality::score(Path::new(folder), files),
        [verb, rounds, workers, files @ ..] if verb == "develop" && !files.is_empty() => measure(rounds.parse()?, workers.parse()?, files),
        // `cargo test --all-targets` also comes by, without arguments.
        _ => {
            eprintln!("usage: ingest make <folder> | write <folder> <file>… | score <folder> <file>… | develop <rounds> <workers> <file>…");
            Ok(())
        }
    }
}

fn measure(rounds: usize, workers: usize, files: &[String]) -> Outcome {
    let photographs: Vec<PathBuf> = (0..rounds).flat_map(|_| files.iter().map(PathBuf::from)).collect();
    let mark = Mark::draw("© Jane Roe Photography", MarkStyle::Tiled, 40);
    let limits = Limits::default();
    let next = AtomicUsize::new(0);
    let (cpu, wall) = (cpu_seconds()?, Instant::now());
    std::thread::scope(|scope| -> Outcome {
        let work = || -> Outcome {
            while let Some(photograph) = photographs.get(next.fetch_add(1, Ordering::Relaxed)) {
                accept(photograph, &limits)?;
                std::hint::black_box(develop(photograph, &limits, Some(&mark))?);
            }
            Ok(())
        };
        let threads: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        threads.into_iter().try_for_each(|thread| thread.join().map_err(|_| "a worker ended early")?)
    })?;
    let (count, wall) = (photographs.len() as f64, wall.elapsed().as_secs_f64());
    let cpu = (cpu_seconds()? - cpu) / count;
    let peak = status_kilobytes("VmHWM:")? / 1024;
    println!(
        r#"{{"tool":"photovault","photos":{count},"workers":{workers},"cpu_s":{cpu:.4},"photos_per_s":{:.3},"peak_mb":{peak}}}"#,
        count / wall
    );
    Ok(())
}

/// User and system time in ticks of a hundredth, which Linux has promised to user space for decades.
fn cpu_seconds() -> Result<f64, Box<dyn Error + Send + Sync>> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    // The name in parentheses may hold spaces; utime and stime are the 12th and 13th words behind it.
    let after = stat.rsplit(')').next().ok_or("no stat")?;
    let ticks: u64 = after.split_whitespace().skip(11).take(2).filter_map(|word| word.parse::<u64>().ok()).sum();
    Ok(ticks as f64 / 100.0)
}

fn status_kilobytes(name: &str) -> Result<u64, Box<dyn Error + Send + Sync>> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find(|line| line.starts_with(name)).ok_or("no such line")?;
    Ok(line.split_whitespace().nth(1).ok_or("no number")?.parse()?)
}
