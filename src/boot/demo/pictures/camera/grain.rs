//! The sensor's noise at full resolution: a table made once, read from another place in every row.

use crate::boot::demo::pictures::art::Dice;

const TABLE: usize = 1 << 16;

/// `strength` 1 is a clean picture at ISO 200.
pub fn sprinkle(pixels: &mut [u8], width: usize, strength: f32, seed: u64) {
    let mut dice = Dice::new(seed ^ 0x6EA1);
    let raw: Vec<f32> = (0..TABLE + 3).map(|_| dice.bell()).collect();
    // Neighbours share a little of their noise, as after a camera's demosaicing.
    let table: Vec<i32> = (0..TABLE).map(|i| ((raw[i] * 0.3 + raw[i + 1] * 0.8 + raw[i + 2] * 0.3) * 256.0) as i32).collect();
    // Noise is strongest in the darker middle tones and fades towards white and black.
    let amplitude: Vec<i32> = (0..256)
        .map(|v| v as f32 / 255.0)
        .map(|v| (strength * 256.0 * (1.2 + 5.0 * (v + 0.04).sqrt() * (1.0 - v).powf(0.8))) as i32)
        .collect();
    for row in pixels.chunks_exact_mut(width * 3) {
        let start = (dice.bits() as usize) % TABLE;
        let tint = (dice.bits() as usize) % TABLE;
        for (column, pixel) in row.chunks_exact_mut(3).enumerate() {
            let luma = table[(start + column) % TABLE];
            let tone = amplitude[pixel[1] as usize];
            for (channel, value) in pixel.iter_mut().enumerate() {
                let colour = table[(tint + column * 3 + channel * 7919) % TABLE] / 3;
                *value = (*value as i32 + (((luma + colour) * tone + (1 << 15)) >> 16)).clamp(0, 255) as u8;
            }
        }
    }
}
