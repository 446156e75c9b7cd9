//! A picture of at most 8 × 8 pixels inside the page itself. The browser's own smoothing makes the blur.
use base64::{Engine, engine::general_purpose::STANDARD};

const SIDE: usize = 8;

/// `#a1b2c3 url(data:…)`: the average colour, and over it the tiny picture.
pub fn css(thumbhash: &[u8]) -> Option<String> {
    let (width, height, pixels) = thumbhash::thumb_hash_to_rgba(thumbhash).ok()?;
    let long = width.max(height).max(1);
    let (w, h) = ((width * SIDE / long).max(1), (height * SIDE / long).max(1));
    let at = |x: usize, y: usize| {
        let from = ((y * height / h + height / h / 2) * width + x * width / w + width / w / 2) * 4;
        pixels.get(from..from + 3).map_or([128; 3], |rgb| [rgb[0], rgb[1], rgb[2]])
    };
    let average = average(&pixels);
    Some(format!(
        "#{:02x}{:02x}{:02x} url(data:image/bmp;base64,{})",
        average[0],
        average[1],
        average[2],
        STANDARD.encode(bitmap(w, h, at))
    ))
}

fn average(pixels: &[u8]) -> [u8; 3] {
    let count = (pixels.len() / 4).max(1);
    [0, 1, 2].map(|channel| (pixels.iter().skip(channel).step_by(4).map(|value| usize::from(*value)).sum::<usize>() / count) as u8)
}

/// The plainest picture format there is: every browser reads it, and writing it takes no library.
fn bitmap(width: usize, height: usize, at: impl Fn(usize, usize) -> [u8; 3]) -> Vec<u8> {
    let row = (width * 3).div_ceil(4) * 4;
    let mut file = Vec::with_capacity(54 + row * height);
    file.extend_from_slice(b"BM");
    for number in
        [(54 + row * height) as u32, 0, 54, 40, width as u32, height as u32, 1 | 24 << 16, 0, (row * height) as u32, 2835, 2835, 0, 0]
    {
        file.extend_from_slice(&number.to_le_bytes());
    }
    for y in (0..height).rev() {
        for x in 0..width {
            let [red, green, blue] = at(x, y);
            file.extend_from_slice(&[blue, green, red]);
        }
        file.resize(file.len() + row - width * 3, 0);
    }
    file
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_placeholder_is_a_small_picture_with_the_right_colours() {
        let orange: Vec<u8> = [230, 120, 20, 255].repeat(60 * 40);
        let css = css(&thumbhash::rgba_to_thumb_hash(60, 40, &orange)).unwrap();
        assert!(css.len() < 400, "{}", css.len());
        let data = css.split("base64,").nth(1).unwrap().trim_end_matches(')');
        let picture = STANDARD.decode(data).unwrap();
        assert_eq!(u32::from_le_bytes(picture[2..6].try_into().unwrap()) as usize, picture.len());
        let (blue, green, red) = (picture[54], picture[55], picture[56]);
        assert!(red > 210 && (95..145).contains(&green) && blue < 50, "{red} {green} {blue}");
    }

    #[test]
    fn what_is_no_thumbhash_has_no_placeholder() {
        assert_eq!(css(&[1, 2]), None);
    }
}
