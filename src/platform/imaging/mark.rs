//! The watermark: white letters with a thin dark edge, so that they show on snow and on night alike.
//!
//! A pattern covers every picture whatever the style: a mark that stands in one place is gone after one crop.

use super::lettering::{Lettering, letter};
use super::raster::Raster;
use std::sync::{Arc, Mutex, PoisonError};

const MOST_LETTERS: usize = 60;
const FALLBACK: &str = "PREVIEW";
/// Lines rise by 30 degrees.
const SLOPE: (f32, f32) = (0.5, 0.866_025_4);
/// Sizes drawn so far; photographs come in few sizes.
const KEPT: usize = 12;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkStyle {
    /// The pattern alone.
    Tiled,
    /// One large line, and the pattern faintly.
    Placed(Place),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    LowerThird,
    Centre,
    TopLeft,
    TopRight,
    BottomLeft,
    BottomRight,
}

/// A studio's watermark. Make it once per setting and share it: what it draws for a size of picture, it keeps.
#[derive(Debug)]
pub struct Mark {
    text: String,
    style: MarkStyle,
    opacity: u32,
    kept: Mutex<Vec<(Kind, Arc<Ink>)>>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Tile(u32),
    Line(u32),
}

/// Two numbers for every channel of every pixel, laid out like the picture, so that blending is one sum over both.
#[derive(Debug)]
struct Ink {
    width: usize,
    height: usize,
    /// What is left of the picture, 0 to 255.
    under: Vec<u8>,
    /// Brightness times alpha, and the half that rounds.
    over: Vec<u16>,
}

impl Mark {
    /// Text is text: there is nothing to substitute in it. `opacity` is in percent and at least 10, because a mark that
    /// cannot be seen protects nothing.
    pub fn draw(text: &str, style: MarkStyle, opacity: u8) -> Mark {
        let line: String =
            text.split_whitespace().collect::<Vec<_>>().join(" ").chars().filter(|c| !c.is_control()).take(MOST_LETTERS).collect();
        let text = if line.trim().is_empty() { FALLBACK.into() } else { line };
        Mark { text, style, opacity: u32::from(opacity.clamp(10, 100)), kept: Mutex::default() }
    }

    /// A copy of an RGB picture with the mark on it.
    pub(super) fn over(&self, picture: &Raster) -> Raster {
        let mut marked = picture.clone();
        let long = picture.width.max(picture.height);
        self.ink(Kind::Tile((long / 24).max(10))).tile(&mut marked);
        if let MarkStyle::Placed(place) = self.style {
            self.stamp(&mut marked, place);
        }
        marked
    }

    fn stamp(&self, picture: &mut Raster, place: Place) {
        let (width, height) = (picture.width as f32, picture.height as f32);
        let (wide, high) = if matches!(place, Place::LowerThird | Place::Centre) { (0.8, 0.22) } else { (0.36, 0.1) };
        // A line at 100 pixels tells how large it may be; sizes go in steps so that they are found again.
        let per_hundred = self.ink(Kind::Line(100)).width as f32;
        let size = (wide * width / per_hundred * 100.0).min(high * height).max(8.0) as u32 / 2 * 2;
        let line = self.ink(Kind::Line(size));
        let (left, top) = (width - line.width as f32, height - line.height as f32);
        let gap = size as f32 / 3.0;
        let (x, y) = match place {
            Place::LowerThird => (left / 2.0, height * 5.0 / 6.0 - line.height as f32 / 2.0),
            Place::Centre => (left / 2.0, top / 2.0),
            Place::TopLeft => (gap, gap),
            Place::TopRight => (left - gap, gap),
            Place::BottomLeft => (gap, top - gap),
            Place::BottomRight => (left - gap, top - gap),
        };
        line.stamp(picture, x.max(0.0) as usize, y.max(0.0) as usize);
    }

    fn ink(&self, kind: Kind) -> Arc<Ink> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, ink)) = kept.iter().find(|(known, _)| *known == kind) {
            return ink.clone();
        }
        let ink = Arc::new(match kind {
            Kind::Tile(size) => {
                let faint = if self.style == MarkStyle::Tiled { self.opacity } else { (self.opacity * 2 / 5).max(8) };
                tile(&letter(&self.text, size as f32), size as f32, faint)
            }
            Kind::Line(size) => {
                let line = letter(&self.text, size as f32);
                let cover = line.cover.iter().map(|cover| cover.map(f32::from));
                Ink::from_cover(line.width, line.height, cover, self.opacity)
            }
        });
        if kept.len() == KEPT {
            kept.remove(0);
        }
        kept.push((kind, ink.clone()));
        ink
    }
}

/// A rectangle that repeats without a seam: slanted lines of text, each shifted against its neighbour by just so much
/// that the pattern closes after one line across and after `lines` lines down.
fn tile(line: &Lettering, size: f32, opacity: u32) -> Ink {
    let (sin, cos) = SLOPE;
    let closing = sin / cos + cos / sin;
    let (unit, usual) = (line.width as f32 + size * 0.6, size * 2.0);
    let repeats = (closing * usual / unit).round().max(1.0);
    let along = repeats * unit;
    let lines = (along / (closing * usual) - 0.25).ceil().max(1.0);
    let apart = along / (closing * lines);
    let (exact_width, exact_height) = (apart / sin, lines * apart / cos);
    let (width, height) = (exact_width.round().max(1.0) as usize, exact_height.round().max(1.0) as usize);
    let cover = (0..width * height).map(|pixel| {
        let (row, column) = (pixel / width, pixel % width);
        // Whole pixels stretch the pattern by a fraction of a percent.
        let (x, y) = (column as f32 * exact_width / width as f32, row as f32 * exact_height / height as f32);
        let (u, v) = (x * cos - y * sin, x * sin + y * cos);
        let number = (v / apart).floor();
        let u = (u - number * exact_width * cos).rem_euclid(unit);
        let v = v - number * apart - (apart - line.height as f32) / 2.0;
        line.sample(u, v)
    });
    Ink::from_cover(width, height, cover, opacity)
}

impl Lettering {
    /// Between pixels; outside there is nothing.
    fn sample(&self, x: f32, y: f32) -> [f32; 2] {
        let (left, top) = (x.floor(), y.floor());
        let (right, down) = (x - left, y - top);
        let at = |dx: f32, dy: f32| {
            let (x, y) = (left + dx, top + dy);
            let inside = x >= 0.0 && y >= 0.0 && x < self.width as f32 && y < self.height as f32;
            if inside { self.cover[y as usize * self.width + x as usize].map(f32::from) } else { [0.0; 2] }
        };
        let (a, b, c, d) = (at(0.0, 0.0), at(1.0, 0.0), at(0.0, 1.0), at(1.0, 1.0));
        [0, 1].map(|k| (a[k] * (1.0 - right) + b[k] * right) * (1.0 - down) + (c[k] * (1.0 - right) + d[k] * right) * down)
    }
}

impl Ink {
    /// White letter over half-dark edge; `cover` tells how much of each lies on a pixel, of 255.
    fn from_cover(width: usize, height: usize, cover: impl Iterator<Item = [f32; 2]>, opacity: u32) -> Ink {
        let (mut under, mut over) = (Vec::with_capacity(width * height * 3), Vec::with_capacity(width * height * 3));
        for [letter, edge] in cover {
            let (letter, edge) = (letter / 255.0, edge / 255.0 * 0.5);
            let alpha = letter + edge * (1.0 - letter);
            let bright = if alpha > 0.0 { (letter / alpha * 255.0).round() } else { 0.0 };
            let alpha = (alpha * opacity as f32 * 2.55).round();
            under.extend([255 - alpha as u8; 3]);
            over.extend([(bright * alpha) as u16 + 127; 3]);
        }
        Ink { width, height, under, over }
    }

    fn tile(&self, picture: &mut Raster) {
        let (width, across) = (picture.width as usize, self.width * 3);
        for (y, row) in picture.pixels.chunks_exact_mut(width * 3).enumerate() {
            let from = y % self.height * across;
            for part in row.chunks_mut(across) {
                self.blend(part, from);
            }
        }
    }

    fn stamp(&self, picture: &mut Raster, x: usize, y: usize) {
        let width = picture.width as usize;
        if x >= width || self.width == 0 {
            return;
        }
        let across = self.width.min(width - x);
        for (row, line) in picture.pixels.chunks_exact_mut(width * 3).skip(y).zip(0..self.height) {
            self.blend(&mut row[x * 3..(x + across) * 3], line * self.width * 3);
        }
    }

    /// Every sum stays below 2^16, so that the compiler does sixteen channels at once.
    fn blend(&self, channels: &mut [u8], from: usize) {
        for ((channel, &under), &over) in channels.iter_mut().zip(&self.under[from..]).zip(&self.over[from..]) {
            let sum = u16::from(*channel) * u16::from(under) + over;
            // Divides by 255, rounded.
            *channel = ((sum + (sum >> 8) + 1) >> 8) as u8;
        }
    }
}
