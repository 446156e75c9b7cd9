//! What decoders hand out (grey or colour, 8 or 16 bit, with or without alpha) becomes eight bits over white, in the
//! buffer where it lies: a large picture never stands in memory twice.

use super::refusal::Refusal;
use image::ColorType;

/// Returns the number of channels left: 1 or 3.
pub(super) fn flatten(pixels: &mut Vec<u8>, colour: ColorType) -> Result<usize, Refusal> {
    match colour {
        ColorType::L8 => Ok(1),
        ColorType::Rgb8 => Ok(3),
        ColorType::La8 => Ok(narrow::<1, 2, 1>(pixels)),
        ColorType::Rgba8 => Ok(narrow::<3, 4, 1>(pixels)),
        ColorType::L16 => Ok(narrow::<1, 1, 2>(pixels)),
        ColorType::La16 => Ok(narrow::<1, 2, 2>(pixels)),
        ColorType::Rgb16 => Ok(narrow::<3, 3, 2>(pixels)),
        ColorType::Rgba16 => Ok(narrow::<3, 4, 2>(pixels)),
        _ => Err(Refusal::kind("a floating-point picture")),
    }
}

/// The first `COLOURS` of `SAMPLES` samples are colour, one more is alpha; each is `BYTES` wide. Writing never overtakes
/// reading.
fn narrow<const COLOURS: usize, const SAMPLES: usize, const BYTES: usize>(pixels: &mut Vec<u8>) -> usize {
    let sample = |pixels: &[u8], place: usize| match BYTES {
        1 => u32::from(pixels[place]),
        _ => (u32::from(u16::from_ne_bytes([pixels[2 * place], pixels[2 * place + 1]])) * 255 + 32_767) / 65_535,
    };
    let count = pixels.len() / (SAMPLES * BYTES);
    for pixel in 0..count {
        let alpha = if SAMPLES > COLOURS { sample(pixels, pixel * SAMPLES + COLOURS) } else { 255 };
        for colour in 0..COLOURS {
            let value = sample(pixels, pixel * SAMPLES + colour);
            pixels[pixel * COLOURS + colour] = ((value * alpha + 255 * (255 - alpha) + 127) / 255) as u8;
        }
    }
    pixels.truncate(count * COLOURS);
    pixels.shrink_to_fit();
    COLOURS
}
