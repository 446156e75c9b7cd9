//! Eight-bit pixels in rows, and the two things done to all of them: making smaller and turning upright.

use super::refusal::Refusal;
use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};

/// The long side of the largest picture we make.
pub(super) const LARGEST: u32 = 2048;

/// Rows of a smaller picture made in one go.
const BAND: u32 = 256;

/// Interleaved rows without padding: one channel is grey, three are RGB, four are CMYK (0 = no ink).
#[derive(Debug, Clone)]
pub(super) struct Raster {
    pub width: u32,
    pub height: u32,
    pub channels: usize,
    pub pixels: Vec<u8>,
}

/// How many times smaller a JPEG may be decoded. Below 1.4 times the target, sharpness suffers visibly.
pub(super) fn reduction(long_side: u32) -> u32 {
    [8, 4, 2].into_iter().find(|part| u64::from(long_side) * 10 >= u64::from(LARGEST) * 14 * part).map_or(1, |part| part as u32)
}

/// The size at which a picture fits `long_side`: never larger than it is, never less than one pixel.
pub(super) fn fit(width: u32, height: u32, long_side: u32) -> (u32, u32) {
    let long = width.max(height);
    if long <= long_side {
        return (width, height);
    }
    let scaled = |side: u32| ((f64::from(side) * f64::from(long_side) / f64::from(long)).round() as u32).max(1);
    (scaled(width), scaled(height))
}

impl Raster {
    pub fn fitted(&self, long_side: u32) -> Result<Raster, Refusal> {
        let (width, height) = fit(self.width, self.height, long_side);
        self.resized(width, height)
    }

    /// The large picture's memory is free again when the small one stands.
    pub fn into_resized(self, width: u32, height: u32) -> Result<Raster, Refusal> {
        self.resized(width, height)
    }

    /// Lanczos in gamma space: linear light costs six times as much and nobody sees it.
    pub fn resized(&self, width: u32, height: u32) -> Result<Raster, Refusal> {
        if (width, height) == (self.width, self.height) {
            return Ok(self.clone());
        }
        let kind = match self.channels {
            1 => PixelType::U8,
            3 => PixelType::U8x3,
            _ => PixelType::U8x4,
        };
        let from = ImageRef::new(self.width, self.height, &self.pixels, kind).map_err(Refusal::ours)?;
        // The fourth channel is ink, not alpha.
        let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3)).use_alpha(false);
        let mut resizer = Resizer::new();
        let row = width as usize * self.channels;
        let mut pixels = vec![0; row * height as usize];
        // In bands: the library keeps a half-made picture as high as what it reads, and that would be our largest buffer
        // but one. The filter looks beyond a band's edge, so that the seams don't show.
        let rows_read = f64::from(self.height) / f64::from(height);
        for (number, band) in pixels.chunks_mut(row * BAND as usize).enumerate() {
            let (top, rows) = (number as u32 * BAND, (band.len() / row) as u32);
            let mut to = Image::from_slice_u8(width, rows, band, kind).map_err(Refusal::ours)?;
            let above = f64::from(top) * rows_read;
            let mut read = f64::from(rows) * rows_read;
            while above + read > f64::from(self.height) {
                read = read.next_down(); // rounding must not reach below the picture
            }
            let options = options.crop(0.0, above, f64::from(self.width), read);
            resizer.resize(&from, &mut to, &options).map_err(Refusal::ours)?;
        }
        Ok(Raster { width, height, channels: self.channels, pixels })
    }

    /// Turns an RGB picture upright; `orientation` is Exif's 1 to 8.
    pub fn upright(self, orientation: u8) -> Raster {
        if !(2..=8).contains(&orientation) || self.channels != 3 {
            return self;
        }
        let (w, h) = (self.width as usize, self.height as usize);
        let (width, height) = if orientation >= 5 { (h, w) } else { (w, h) };
        let (source, _) = self.pixels.as_chunks::<3>();
        let mut pixels = vec![0; self.pixels.len()];
        let (target, _) = pixels.as_chunks_mut::<3>();
        // In squares, so that both the rows read and the columns written stay in the cache.
        const SQUARE: usize = 32;
        for top in (0..h).step_by(SQUARE) {
            for left in (0..w).step_by(SQUARE) {
                for y in top..(top + SQUARE).min(h) {
                    for x in left..(left + SQUARE).min(w) {
                        let (to_x, to_y) = match orientation {
                            2 => (w - 1 - x, y),
                            3 => (w - 1 - x, h - 1 - y),
                            4 => (x, h - 1 - y),
                            5 => (y, x),
                            6 => (h - 1 - y, x),
                            7 => (h - 1 - y, w - 1 - x),
                            _ => (y, w - 1 - x),
                        };
                        target[to_y * width + to_x] = source[y * w + x];
                    }
                }
            }
        }
        Raster { width: width as u32, height: height as u32, channels: 3, pixels }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_never_enlarged_and_never_vanishes() {
        assert_eq!(fit(300, 200, 400), (300, 200));
        assert_eq!(fit(6000, 4000, 2048), (2048, 1365));
        assert_eq!(fit(1, 8000, 400), (1, 400));
        assert_eq!(fit(65_500, 1, 400), (400, 1));
    }

    #[test]
    fn bands_leave_no_seam() {
        // A slope from black to white: a filter that stopped at a band's edge would bend it there.
        let pixels = (0..3000u32).flat_map(|y| [(y * 255 / 2999) as u8; 8 * 3]).collect();
        let small = Raster { width: 8, height: 3000, channels: 3, pixels }.resized(4, 1500).unwrap();
        let column: Vec<u8> = small.pixels.chunks_exact(4 * 3).map(|row| row[0]).collect();
        for (y, value) in column.iter().enumerate() {
            assert!(value.abs_diff((y * 255 / 1499) as u8) <= 1, "row {y} is {value}");
        }
    }

    #[test]
    fn every_height_can_be_made_in_bands() {
        for height in 257..1500 {
            let full = Raster { width: 1, height: 2400, channels: 1, pixels: vec![0; 2400] };
            assert_eq!(full.resized(1, height).unwrap().pixels.len(), height as usize);
        }
    }

    #[test]
    fn decoding_is_reduced_only_with_a_margin_for_sharpness() {
        assert_eq!(reduction(2867), 1);
        assert_eq!(reduction(5734), 1);
        assert_eq!(reduction(5735), 2);
        assert_eq!(reduction(8256), 2);
        assert_eq!(reduction(11_470), 4);
        assert_eq!(reduction(65_500), 8);
    }
}
