//! What ingesting a photograph costs: `develop` over the given files, N times on W workers; one line of JSON.
//!
//!     cargo bench --bench ingest -- develop <rounds> <workers> <file>…
//!     cargo bench --bench ingest -- make <folder>          writes the test photographs, 8 to 17 MB each
//!
//! `end2end/bench/ingest.sh` runs it against sharp.

use photovault::platform::imaging::{Limits, Mark, MarkStyle, accept, develop};
use std::error::Error;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;
use turbojpeg::{Compressor, Image, PixelFormat, Subsamp};

type Outcome = Result<(), Box<dyn Error + Send + Sync>>;

fn main() -> Outcome {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match &arguments[..] {
        [verb, folder] if verb == "make" => make(Path::new(folder)),
        [verb, rounds, workers, files @ ..] if verb == "develop" && !files.is_empty() => measure(rounds.parse()?, workers.parse()?, files),
        // `cargo test --all-targets` also comes by, without arguments.
        _ => {
            eprintln!("usage: ingest make <folder> | develop <rounds> <workers> <file>…");
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

// ---- the photographs --------------------------------------------------------------------------------------------

fn make(folder: &Path) -> Outcome {
    std::fs::create_dir_all(folder)?;
    let adobe = moxcms::ColorProfile::new_adobe_rgb().encode()?;
    let kinds = [
        ("24mp-420.jpg", 6000, 4000, Subsamp::Sub2x2, 94, None, None),
        ("24mp-444-turned.jpg", 6000, 4000, Subsamp::None, 93, Some(6), None),
        ("45mp-420-adobe.jpg", 8256, 5504, Subsamp::Sub2x2, 91, None, Some(&adobe)),
        ("45mp-444.jpg", 8256, 5504, Subsamp::None, 92, None, None),
    ];
    for (name, width, height, subsampling, quality, orientation, profile) in kinds {
        let pixels = scene(width, height);
        let mut compressor = Compressor::new()?;
        compressor.set_quality(quality)?;
        compressor.set_subsamp(subsampling)?;
        let jpeg = compressor.compress_to_vec(Image { pixels: &pixels[..], width, pitch: width * 3, height, format: PixelFormat::RGB })?;
        let mut file = std::fs::File::create(folder.join(name))?;
        file.write_all(&jpeg[..2])?;
        if let Some(orientation) = orientation {
            // One entry: tag 0x0112, a short.
            segment(
                &mut file,
                0xE1,
                &[&b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0"[..], &[orientation, 0, 0, 0], &[0; 4]].concat(),
            )?;
        }
        if let Some(profile) = profile {
            segment(&mut file, 0xE2, &[b"ICC_PROFILE\0\x01\x01", &profile[..]].concat())?;
        }
        file.write_all(&jpeg[2..])?;
        eprintln!("{name}: {:.1} MB", jpeg.len() as f64 / 1e6);
    }
    Ok(())
}

fn segment(file: &mut std::fs::File, marker: u8, content: &[u8]) -> std::io::Result<()> {
    file.write_all(&[0xFF, marker])?;
    file.write_all(&u16::try_from(content.len() + 2).unwrap_or(u16::MAX).to_be_bytes())?;
    file.write_all(content)
}

/// Gradients, shapes of every size and the noise of a sensor: compresses about as a camera's picture does.
fn scene(width: usize, height: usize) -> Vec<u8> {
    let mut state = 0x9E37_79B9u32;
    let mut pixels = Vec::with_capacity(width * height * 3);
    for y in 0..height {
        for x in 0..width {
            let (u, v) = (x as f32 / width as f32, y as f32 / height as f32);
            let shapes: f32 = (0..5).map(|octave| patch(x >> (9 - octave), y >> (9 - octave), octave) / (1 << octave) as f32).sum();
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            let grain = ((state & 15) as f32 + (state >> 4 & 15) as f32 - 15.0) * 0.95;
            let light = 70.0 * shapes + grain;
            pixels.extend(
                [50.0 + 90.0 * u + light, 60.0 + 60.0 * v + light * 0.9, 130.0 - 60.0 * u * v + light * 0.8]
                    .map(|value| value.clamp(0.0, 255.0) as u8),
            );
        }
    }
    pixels
}

/// 0 to 1, the same all over one patch.
fn patch(x: usize, y: usize, octave: usize) -> f32 {
    let mixed = (x as u32).wrapping_mul(0x85EB_CA6B) ^ (y as u32).wrapping_mul(0xC2B2_AE35) ^ (octave as u32) << 16;
    (mixed.wrapping_mul(0x27D4_EB2F) >> 24) as f32 / 255.0
}
