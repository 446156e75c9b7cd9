//! From light to a developed picture: bloom, vignette, exposure, a film curve, split toning.

use crate::boot::demo::pictures::art::{Canvas, Vec3, mix, noise, smooth, v3};

#[derive(Clone, Copy)]
pub struct Film {
    pub exposure: f32,
    pub saturation: f32,
    /// 0 soft, 1 hard.
    pub contrast: f32,
    /// Multiplies the dark tones and the light ones: split toning.
    pub shadows: Vec3,
    pub highlights: Vec3,
    pub vignette: f32,
    pub bloom: f32,
    /// How far black is lifted, as in a matt print.
    pub fade: f32,
    pub grain: f32,
}

pub const NEUTRAL: Film = Film {
    exposure: 1.0,
    saturation: 1.0,
    contrast: 0.35,
    shadows: v3(0.97, 1.0, 1.05),
    highlights: v3(1.03, 1.0, 0.96),
    vignette: 0.35,
    bloom: 0.14,
    fade: 0.012,
    grain: 1.0,
};

/// Three bytes a pixel, sRGB.
pub fn develop(canvas: &Canvas, film: &Film) -> Vec<u8> {
    let quarter = canvas.halved().halved();
    let near = quarter.blurred(0.012);
    let wide = quarter.blurred(0.06);
    let frame = canvas.frame;
    let gamma = GammaTable::new();
    let corner = frame.half_width().powi(2) + 0.25;
    let mut bytes = Vec::with_capacity(frame.width * frame.height * 3);
    for (i, &light) in canvas.light.iter().enumerate() {
        let (column, row) = (i % frame.width, i / frame.width);
        let (x, y) = frame.point(column as f32 + 0.5, row as f32 + 0.5);
        let halo = (near.at(x, y) + wide.at(x, y)) * 0.5;
        let falloff = 1.0 - film.vignette * smooth(0.1, 1.15, (x * x + (y - 0.5).powi(2)) / corner);
        let tone = tone(mix(light, halo, film.bloom) * (film.exposure * falloff), film);
        // Half a step of chance on every pixel keeps soft skies from showing bands.
        let chance = noise::cell(column as i32, row as i32, 7) - 0.5;
        for channel in [tone.x, tone.y, tone.z] {
            bytes.push((gamma.of(channel) + chance + 0.5).clamp(0.0, 255.0) as u8);
        }
    }
    bytes
}

fn tone(light: Vec3, film: &Film) -> Vec3 {
    // The ACES curve as fitted by Krzysztof Narkowicz: a toe, a straight middle, a long shoulder.
    let curve = |x: f32| {
        let x = x.max(0.0) * 0.72;
        (x * (2.51 * x + 0.03)) / (x * (2.43 * x + 0.59) + 0.14)
    };
    // Hot colours bleach towards white as film does.
    let heat = smooth(0.9, 5.0, light.x.max(light.y).max(light.z));
    let light = mix(light, v3(1.0, 1.0, 1.0) * light.luma(), heat * 0.45);
    let mut c = light.map(curve);
    let luma = c.luma();
    c = v3(luma, luma, luma) + (c - v3(luma, luma, luma)) * film.saturation;
    c = c.tint(mix(film.shadows, film.highlights, smooth(0.02, 0.6, luma)));
    c = c.map(|v| {
        let v = v.clamp(0.0, 1.0);
        let s = v * v * (3.0 - 2.0 * v);
        v + (s - v) * film.contrast * 0.6
    });
    c * (1.0 - film.fade) + v3(film.fade, film.fade, film.fade * 1.15)
}

/// Linear light to sRGB steps, looked up: `powf` for every channel would take longer than the rest.
struct GammaTable(Vec<f32>);

impl GammaTable {
    fn new() -> Self {
        // The table is over the square root, where sRGB is almost straight.
        Self(
            (0..=1025)
                .map(|i| (i as f32 / 1024.0).powi(2))
                .map(|v| if v < 0.003_130_8 { v * 12.92 } else { 1.055 * v.powf(1.0 / 2.4) - 0.055 })
                .map(|v| v * 255.0)
                .collect(),
        )
    }

    fn of(&self, light: f32) -> f32 {
        let place = light.clamp(0.0, 1.0).sqrt() * 1024.0;
        let i = place as usize;
        self.0[i] + (self.0[i + 1] - self.0[i]) * (place - i as f32)
    }
}
