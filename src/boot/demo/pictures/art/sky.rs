//! Skies: a gradient, the sun's glow, and a ceiling of clouds that runs to the horizon.

use super::noise;
use super::vec3::{Vec3, mix, smooth};

#[derive(Clone)]
pub struct Sky {
    pub zenith: Vec3,
    pub middle: Vec3,
    pub horizon: Vec3,
    /// The horizon's height in the frame.
    pub level: f32,
    pub sun: (f32, f32),
    pub glow: Vec3,
    pub glow_size: f32,
    pub clouds: Option<Clouds>,
}

#[derive(Clone)]
pub struct Clouds {
    pub field: u32,
    /// 0: overcast, 1: none.
    pub gaps: f32,
    pub size: f32,
    /// Above 1 draws them out sideways, as wind and long exposures do.
    pub stretch: f32,
    pub lit: Vec3,
    pub shade: Vec3,
}

impl Sky {
    pub fn light(&self, x: f32, y: f32) -> Vec3 {
        let rise = (y - self.level).max(0.0);
        let up = rise / (1.0 - self.level).max(0.2);
        let mut light = mix(self.horizon, self.middle, smooth(0.0, 0.42, up));
        light = mix(light, self.zenith, smooth(0.2, 1.05, up));
        let d = ((x - self.sun.0).powi(2) + (y - self.sun.1).powi(2)).sqrt() / self.glow_size;
        let glow = (-d * 1.6).exp() + 0.9 * (-d * d * 9.0).exp();
        light += self.glow * glow;
        match &self.clouds {
            Some(clouds) => clouds.over(light, x, rise, self.sun, glow),
            None => light,
        }
    }
}

impl Clouds {
    fn over(&self, sky: Vec3, x: f32, rise: f32, sun: (f32, f32), glow: f32) -> Vec3 {
        let depth = 1.0 / (rise + 0.13);
        let (px, pz) = (x * depth * self.size / self.stretch, depth * self.size * 1.15);
        let here = noise::warped(px, pz, self.field, 6, 1.3);
        let thick = smooth(self.gaps, self.gaps + 0.22, here);
        if thick <= 0.0 {
            return sky;
        }
        // Is there more cloud or less on the way to the sun? Less means a lit edge.
        let (dx, dz) = ((sun.0 - x).clamp(-0.6, 0.6), -0.5);
        let ahead = noise::fbm(px + dx * 0.45, pz + dz * 0.45, self.field, 4);
        let lit = ((here - ahead) * 2.6 + 0.45 + (1.0 - thick) * 0.35).clamp(0.0, 1.0);
        let cloud = mix(self.shade, self.lit, lit) + self.lit * (glow * 0.35 * (1.0 - thick * 0.6));
        mix(sky, cloud, thick * smooth(0.0, 0.16, rise) * 0.96)
    }
}
