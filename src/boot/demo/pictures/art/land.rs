//! Landscapes in perspective: each column of the picture walks outwards over the land and keeps what it sees
//! (as the "voxel space" games did), then every pixel is lit by sun and sky and fades into the haze.

use super::canvas::{Canvas, Frame};
use super::vec3::{Vec3, mix, smooth, v3};

/// Where we stand. Heights and distances share one unit; `zoom` is the focal length in picture heights.
#[derive(Clone, Copy)]
pub struct Eye {
    pub height: f32,
    pub horizon: f32,
    pub zoom: f32,
    pub near: f32,
    pub far: f32,
}

/// A place on the land, as its painter wants to know it.
pub struct Ground {
    pub x: f32,
    pub z: f32,
    pub height: f32,
    /// 0 flat, 1 upright.
    pub steep: f32,
}

pub struct Light {
    pub sun: Vec3,
    pub sunlight: Vec3,
    pub skylight: Vec3,
    pub haze: Vec3,
    /// How much of the haze stands in one unit of distance, and how quickly it thins with height.
    pub density: f32,
    pub thinning: f32,
    /// The haze towards the sun.
    pub glare: Vec3,
    pub glare_at: (f32, f32),
    /// Grass and heather let light through: above 0 the shaded sides glow a little.
    pub softness: f32,
}

/// Paints the land over the sky that is already on the canvas; returns the distance of every pixel (infinite: sky).
/// `height(x, z, detail)` knows the land, with `detail` octaves; `colour` its cover.
pub fn paint(
    canvas: &mut Canvas,
    eye: Eye,
    light: &Light,
    height: impl Fn(f32, f32, u32) -> f32,
    colour: impl Fn(&Ground) -> Vec3,
) -> Vec<f32> {
    let frame = canvas.frame;
    let far = survey(frame, eye, &height);
    for (i, &z) in far.iter().enumerate() {
        if z.is_finite() {
            let (sx, sy) = frame.point((i % frame.width) as f32 + 0.5, (i / frame.width) as f32 + 0.5);
            canvas.light[i] = lit(eye, light, &height, &colour, (sx, sy), z);
        }
    }
    far
}

fn survey(frame: Frame, eye: Eye, height: &impl Fn(f32, f32, u32) -> f32) -> Vec<f32> {
    let (w, h) = (frame.width, frame.height);
    let mut far = vec![f32::INFINITY; w * h];
    for column in 0..w {
        let (sx, _) = frame.point(column as f32 + 0.5, 0.0);
        let (mut z, mut top_row, mut before) = (eye.near, h as i32, (eye.near, -1.0f32));
        while z < eye.far && top_row > 0 {
            let y = eye.horizon + eye.zoom * (height(sx * z / eye.zoom, z, detail(z, eye)) - eye.height) / z;
            let row = ((1.0 - y) * h as f32).max(0.0) as i32;
            if row < top_row {
                let seen_before = before.1 >= 0.0;
                for r in row..top_row {
                    let share = if seen_before { (top_row - r) as f32 / (top_row - row) as f32 } else { 1.0 };
                    far[r as usize * w + column] = before.0 + (z - before.0) * share;
                }
                top_row = row;
                before = (z, 1.0);
            } else {
                before = (z, -1.0);
            }
            z *= 1.0045;
        }
    }
    far
}

/// Far land needs fewer octaves.
fn detail(z: f32, eye: Eye) -> u32 {
    (7.6 - (z / eye.near).log2() * 0.5).clamp(4.0, 7.0) as u32
}

fn lit(
    eye: Eye,
    light: &Light,
    height: &impl Fn(f32, f32, u32) -> f32,
    colour: &impl Fn(&Ground) -> Vec3,
    (sx, sy): (f32, f32),
    z: f32,
) -> Vec3 {
    let x = sx * z / eye.zoom;
    let octaves = detail(z, eye);
    let step = (z * 0.0022).max(0.002);
    let here = height(x, z, octaves);
    let normal = v3(here - height(x + step, z, octaves), step, here - height(x, z + step, octaves)).unit();
    let ground = Ground { x, z, height: here, steep: 1.0 - normal.y };
    let mut open = 1.0f32;
    let mut t = step * 3.0 + 0.01 * z;
    let facing = normal.dot(light.sun);
    for _ in 0..if facing > -0.25 { 6 } else { 0 } {
        let over = here + light.sun.y * t - height(x + light.sun.x * t, z + light.sun.z * t, 3);
        open = open.min(0.5 + over / t * 9.0);
        t *= 1.95;
    }
    let sun = (facing * (1.0 - light.softness) + light.softness * (facing * 0.5 + 0.5)).max(0.0) * open.clamp(0.0, 1.0);
    let sky = 0.55 + 0.45 * normal.y;
    let body = colour(&ground).tint(light.sunlight * sun + light.skylight * sky);
    hazy(light, body, (sx, sy), z, here)
}

fn hazy(light: &Light, body: Vec3, (sx, sy): (f32, f32), z: f32, height: f32) -> Vec3 {
    let thick = z * light.density * (-height.max(0.0) * light.thinning).exp();
    let d = ((sx - light.glare_at.0).powi(2) + (sy - light.glare_at.1).powi(2)).sqrt();
    let air = light.haze + light.glare * (-d * 2.6).exp();
    mix(body, air, 1.0 - (-thick).exp())
}

/// Skylines come in steps of one pixel; this averages along them and leaves the rest alone.
pub fn soften_skylines(canvas: &mut Canvas, far: &[f32]) {
    let (w, h) = (canvas.frame.width, canvas.frame.height);
    let before = canvas.light.clone();
    for row in 1..h.saturating_sub(1) {
        for column in 1..w.saturating_sub(1) {
            let i = row * w + column;
            let near = [far[i - 1], far[i + 1], far[i - w], far[i + w]];
            let jump = near.iter().any(|z| (z.is_finite() != far[i].is_finite()) || (z - far[i]).abs() > 0.12 * far[i].min(*z));
            if jump {
                let ring = before[i - 1] + before[i + 1] + before[i - w] + before[i + w];
                canvas.light[i] = before[i] * 0.4 + ring * 0.15;
            }
        }
    }
}

/// Turns what lies below `shore` into water: the picture above, mirrored and stirred.
/// `stir(x, depth)` moves the mirror image; depth is 0 at the shore.
pub fn mirror(canvas: &mut Canvas, shore: f32, tint: Vec3, stir: impl Fn(f32, f32) -> (f32, f32)) {
    let above = canvas.clone();
    canvas.repaint(|x, y, light| {
        if y >= shore {
            return light;
        }
        let depth = shore - y;
        let (dx, dy) = stir(x, depth);
        let image = above.at(x + dx, (shore + depth * 1.02 + dy).clamp(shore + 0.003, 1.0));
        // Steeper looks see more of the water and less of the sky.
        image.tint(mix(v3(0.93, 0.94, 0.95), tint, smooth(0.0, shore, depth)))
    });
}
