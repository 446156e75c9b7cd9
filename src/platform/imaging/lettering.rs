//! One line of letters as coverage: how much of each pixel is letter, and how much lies in the soft edge around it.

use ab_glyph::{Font, FontRef, PxScale, ScaleFont, point};

/// Figtree SemiBold, Latin with its extensions (SIL Open Font License, `figtree-OFL.txt`).
static FIGTREE: &[u8] = include_bytes!("figtree-600.ttf");

#[derive(Debug)]
pub(super) struct Lettering {
    pub width: usize,
    pub height: usize,
    /// (letter, edge) of each pixel, 0 to 255.
    pub cover: Vec<[u8; 2]>,
}

/// `size` is the height of the line in pixels. A character that the font has not is drawn as its box.
pub(super) fn letter(text: &str, size: f32) -> Lettering {
    let edge = (size / 22.0).round().max(1.0) as usize;
    let margin = 2 * edge;
    let height = size.ceil() as usize + 2 * margin;
    let Ok(font) = FontRef::try_from_slice(FIGTREE) else {
        return Lettering { width: 0, height, cover: vec![] };
    };
    let scaled = font.as_scaled(PxScale::from(size));
    let width = text.chars().map(|c| scaled.h_advance(font.glyph_id(c))).sum::<f32>().ceil() as usize + 2 * margin;
    let mut letters = vec![0; width * height];
    let (mut x, y) = (margin as f32, margin as f32 + scaled.ascent());
    for c in text.chars() {
        let glyph = font.glyph_id(c);
        if let Some(outline) = font.outline_glyph(glyph.with_scale_and_position(size, point(x, y))) {
            let bounds = outline.px_bounds();
            outline.draw(|dx, dy, amount| {
                let (x, y) = (bounds.min.x as i64 + i64::from(dx), bounds.min.y as i64 + i64::from(dy));
                if (0..width as i64).contains(&x) && (0..height as i64).contains(&y) {
                    let cell: &mut u8 = &mut letters[y as usize * width + x as usize];
                    *cell = (*cell).max((amount * 255.0).clamp(0.0, 255.0) as u8);
                }
            });
        }
        x += scaled.h_advance(glyph);
    }
    let blurred = blur(&blur(&letters, width, edge), width, edge);
    let cover = letters.iter().zip(blurred).map(|(&letter, edge)| [letter, (u32::from(edge) * 5 / 2).min(255) as u8]).collect();
    Lettering { width, height, cover }
}

/// The mean of the square with this `radius`.
fn blur(image: &[u8], width: usize, radius: usize) -> Vec<u8> {
    if width == 0 {
        return vec![];
    }
    let height = image.len() / width;
    let mut across = vec![0; image.len()];
    for (row, out) in image.chunks_exact(width).zip(across.chunks_exact_mut(width)) {
        slide(width, radius, |at| row[at], |at, mean| out[at] = mean);
    }
    let mut both = vec![0; image.len()];
    for x in 0..width {
        slide(height, radius, |at| across[at * width + x], |at, mean| both[at * width + x] = mean);
    }
    both
}

fn slide(length: usize, radius: usize, read: impl Fn(usize) -> u8, mut write: impl FnMut(usize, u8)) {
    let mut sum: usize = (0..radius.min(length)).map(|at| usize::from(read(at))).sum();
    for at in 0..length {
        if at + radius < length {
            sum += usize::from(read(at + radius));
        }
        if at > radius {
            sum -= usize::from(read(at - radius - 1));
        }
        write(at, (sum / (2 * radius + 1)) as u8);
    }
}
