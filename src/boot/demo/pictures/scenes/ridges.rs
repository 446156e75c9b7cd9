//! Mountains one behind the other, paler with distance, the nearest with conifers; above a lake, under a moon, or with birds.

use crate::boot::demo::pictures::art::brush::{self, Paint};
use crate::boot::demo::pictures::art::{Canvas, Dice, Frame, Vec3, land, mix, noise, rgb, sky::Sky, smooth, v3};

struct Layer {
    field: u32,
    base: f32,
    rise: f32,
    wave: f32,
    crags: f32,
    colour: Vec3,
    trees: f32,
}

impl Layer {
    fn skyline(&self, x: f32) -> f32 {
        let round = noise::lines(x * self.wave + 7.0, self.field, 7) - 0.42;
        let sharp = 1.0 - (2.0 * noise::lines(x * self.wave * 1.3 + 3.0, self.field ^ 9, 6) - 1.0).abs();
        self.base + self.rise * (round * (1.0 - self.crags) * 2.0 + (sharp - 0.6) * self.crags * 1.4)
    }

    /// How far a forest's tips stand above the skyline at x: firs of two sizes, each a cone with ragged boughs.
    fn has_tree(&self, x: f32, above: f32) -> f32 {
        let mut ink = 0.0f32;
        for (size, salt) in [(1.0f32, 1), (0.62, 2), (0.4, 3)] {
            let pitch = self.trees * size * 0.55;
            let here = (x / pitch).floor() as i32;
            for i in here - 1..=here + 1 {
                let centre = (i as f32 + 0.2 + 0.6 * noise::cell(i, salt, self.field)) * pitch;
                let tall = self.trees * size * (0.5 + 0.9 * noise::cell(i, salt + 10, self.field));
                let left = 1.0 - above / tall;
                if left <= 0.0 {
                    continue;
                }
                let bough = 0.62 + 0.5 * (above / tall * 9.0 + noise::cell(i, salt, 3) * 5.0).fract();
                let half =
                    tall * 0.17 * left * bough * (0.75 + 0.5 * noise::value(x / pitch * 9.0, above / tall * 14.0, self.field)) + 0.0006;
                ink = ink.max(smooth(half, half - 0.0016, (x - centre).abs()));
            }
        }
        ink
    }
}

/// Six layers from `far` to `near` between two heights of the frame.
fn layers(dice: &mut Dice, (low, high): (f32, f32), haze: Vec3, near: Vec3, trees: f32) -> Vec<Layer> {
    let count = 6;
    (0..count)
        .map(|i| {
            let t = i as f32 / (count - 1) as f32;
            Layer {
                field: dice.field(),
                base: high + (low - high) * t.powf(0.8),
                rise: (0.17 - 0.1 * t) * dice.between(0.8, 1.25),
                wave: dice.between(1.5, 2.1) * (0.9 + t),
                crags: (0.75 - t * 0.8).max(0.0),
                colour: mix(haze, near, 0.28 + 0.72 * t.powf(1.1)),
                trees: if i == count - 1 {
                    trees
                } else if i == count - 2 {
                    trees * 0.5
                } else if i == count - 3 {
                    trees * 0.26
                } else {
                    0.0
                },
            }
        })
        .collect()
}

fn stand(canvas: &mut Canvas, layers: &[Layer], mist: Vec3, mist_depth: f32, shore: f32, sun: (f32, f32), rim: Vec3) {
    let field = layers.first().map_or(1, |l| l.field);
    let frame = canvas.frame;
    // Skylines once per column; what nearer layers hide is not painted.
    let skyline = |layer: &Layer| -> Vec<f32> { (0..frame.width).map(|c| layer.skyline(frame.point(c as f32 + 0.5, 0.0).0)).collect() };
    let skylines: Vec<Vec<f32>> = layers.iter().map(skyline).collect();
    for (i, layer) in layers.iter().enumerate() {
        let hidden: Vec<f32> =
            (0..frame.width).map(|c| skylines[i + 1..].iter().map(|s| s[c] - 0.003).fold(shore - 0.001, f32::max)).collect();
        canvas.repaint(|x, y, behind| {
            let column = (frame.pixel(x, 0.0).0 as usize).min(frame.width - 1);
            let top = skylines[i][column];
            if y > top + layer.trees * 1.5 || y < hidden[column] {
                return behind;
            }
            let body = smooth(top + 0.0012, top - 0.0012, y);
            let ink = if layer.trees > 0.0 && y > top - 0.002 { body.max(layer.has_tree(x, y - top + 0.004)) } else { body };
            if ink <= 0.0 {
                return behind;
            }
            // Gullies and forest tone, then mist that gathers at the foot.
            let tone = 0.78 + 0.44 * noise::fbm(x * 26.0 + (top - y) * 14.0, (top - y) * 22.0 + x * 5.0, layer.field, 4);
            let near_sun = (-((x - sun.0).powi(2) + (y - sun.1).powi(2)) * 5.0).exp();
            let drift = 0.6 + 0.8 * noise::fbm(x * 3.0, y * 9.0, field ^ layer.field, 4);
            let foot = (y - shore).max(0.0).max((y - layer.base + layer.rise * 0.9).max(0.0) * 0.6);
            let fog = (-foot / (mist_depth * drift)).exp() * smooth(0.0, 0.1, top - y + 0.03 + layer.trees * 0.15) * 0.78;
            let colour = mix(layer.colour * tone + rim * near_sun, mist + rim * (near_sun * 0.8), fog);
            mix(behind, colour, ink)
        });
    }
}

/// A lake before sunrise. `pier`: a jetty leads into it; otherwise reeds stand in front.
pub fn lake(dice: &mut Dice, frame: Frame, warm: bool, pier: bool) -> Canvas {
    let shore = if frame.aspect() < 1.0 { 0.40 } else { dice.between(0.36, 0.42) };
    let sun = (dice.between(0.1, 0.3) * dice.side() * frame.aspect(), shore + 0.17);
    let sky = if warm {
        Sky {
            zenith: rgb(0x7D9CC0),
            middle: rgb(0xE9C7AE),
            horizon: rgb(0xFFD9A6),
            level: shore,
            sun,
            glow: v3(1.0, 0.52, 0.2),
            glow_size: 0.33,
            clouds: None,
        }
    } else {
        Sky {
            zenith: rgb(0x6C89A8),
            middle: rgb(0xB9C4CF),
            horizon: rgb(0xF2D8CC),
            level: shore,
            sun,
            glow: v3(0.62, 0.36, 0.27),
            glow_size: 0.42,
            clouds: None,
        }
    };
    let field = dice.field();
    let mut canvas = Canvas::paint(frame, |x, y| {
        let veil = noise::warped(x * 1.3, y * 6.0, field, 5, 1.0);
        mix(sky.light(x, y), sky.middle * 1.15, smooth(0.5, 0.75, veil) * 0.5)
    });
    let (haze, near) = if warm { (rgb(0xC79F8C), rgb(0x131F22)) } else { (rgb(0x98A8BA), rgb(0x0C1B24)) };
    let mist = if warm { rgb(0xF6D8B4) } else { rgb(0xD9DEE2) };
    let layers = layers(dice, (shore + 0.015, shore + 0.30), haze, near, 0.075);
    let rim = if warm { v3(0.42, 0.2, 0.06) } else { v3(0.2, 0.11, 0.08) };
    stand(&mut canvas, &layers, mist, 0.05, shore, sun, rim);
    water(&mut canvas, shore, mist, field);
    if pier {
        jetty(&mut canvas, dice, shore)
    } else {
        reeds(&mut canvas, dice)
    }
    canvas
}

fn water(canvas: &mut Canvas, shore: f32, mist: Vec3, field: u32) {
    land::mirror(canvas, shore, v3(0.42, 0.52, 0.58), |x, depth| {
        let far = 1.0 / (depth + 0.02);
        let ripple = noise::fbm(x * far * 0.9, far * 5.0, field ^ 5, 3) - 0.5;
        (ripple * 0.012, ripple * (0.02 + depth * 0.22))
    });
    canvas.repaint(|x, y, light| {
        let band = (-((y - shore - 0.004) / 0.022).powi(2)).exp() * (0.45 + 0.7 * noise::fbm(x * 2.6, y * 16.0, field ^ 77, 4));
        let wisps = smooth(0.52, 0.8, noise::warped(x * 1.6, y * 11.0, field ^ 3, 5, 1.0))
            * smooth(shore - 0.2, shore, y)
            * smooth(shore + 0.14, shore + 0.02, y);
        mix(light, mist, (band * 0.8 + wisps * 0.45).min(0.9))
    });
}

/// Planks in perspective, out to a last pair of posts.
fn jetty(canvas: &mut Canvas, dice: &mut Dice, shore: f32) {
    let (lean, field) = (dice.between(0.05, 0.16) * dice.side(), dice.field());
    let end = shore - 0.11;
    let half = |y: f32| 0.016 + (end - y) * 0.42;
    let centre = |y: f32| lean + (end - y) * lean * 0.5;
    canvas.repaint(|x, y, light| {
        let shadow = smooth(0.045, 0.0, (x - centre(y)).abs() - half(y)) * smooth(end + 0.012, end - 0.03, y);
        let light = mix(light, light * 0.35, shadow);
        let side = (x - centre(y)) / half(y);
        if y > end || side.abs() > 1.02 {
            return light;
        }
        let along = 1.6 / (end - y + 0.055);
        let plank = (along * 1.9).floor();
        let gap = ((along * 1.9).fract() - 0.5).abs();
        let tone = 0.75
            + 0.5 * noise::cell(plank as i32, 4, field)
            + 0.5 * (noise::fbm(side * 3.0 + plank * 7.0, side * 26.0 + plank, field, 4) - 0.5);
        let wood = mix(rgb(0x6E6660), rgb(0x9B8D80), noise::cell(plank as i32, 1, field)) * (tone * (0.5 + 0.35 * smooth(0.0, end, y)));
        mix(mix(wood, wood * 0.12, smooth(0.42, 0.49, gap)), light, smooth(0.985, 1.02, side.abs()))
    });
    for (y, tall) in [(end - 0.004, 0.045), (end - 0.06, 0.075), (end - 0.15, 0.13)] {
        for side in [-1.0f32, 1.0] {
            let (x, thick) = (centre(y) + side * half(y), 0.0035 + (end - y) * 0.05);
            brush::stroke(
                canvas,
                (x, y - tall * 0.5),
                (x + 0.002, y + tall * 0.55),
                (thick, thick * 0.9),
                0.002,
                Paint::Cover(rgb(0x2B2725), 0.97),
            );
            brush::stroke(canvas, (x, y - tall * 0.5), (x, y - tall * 1.3), (thick, thick * 0.8), 0.012, Paint::Cover(rgb(0x22262A), 0.4));
        }
    }
}

fn reeds(canvas: &mut Canvas, dice: &mut Dice) {
    let half = canvas.frame.half_width();
    let side = dice.side();
    for _ in 0..150 {
        let inward = dice.unit().powf(1.7) * half * 1.3;
        let (x, tall) = (side * (half - inward), dice.between(0.1, 0.34) * (1.0 - 0.55 * inward / half));
        let bend = dice.bell() * 0.05 - side * 0.03;
        let ink = mix(rgb(0x10191B), rgb(0x3A3A2C), dice.unit() * 0.6);
        let mut from = (x, -0.02);
        for i in 1..=6 {
            let t = i as f32 / 6.0;
            let to = (x + bend * t * t, -0.02 + tall * t);
            let thick = 0.0034 * (1.05 - t);
            brush::stroke(canvas, from, to, (thick + 0.0005, thick), 0.0026, Paint::Cover(ink, 0.93));
            from = to;
        }
        if dice.chance(0.16) {
            brush::stroke(
                canvas,
                (from.0, from.1 - 0.02),
                (from.0 + bend * 0.1, from.1 + 0.02),
                (0.0055, 0.005),
                0.003,
                Paint::Cover(ink, 0.95),
            );
        }
    }
}

/// A full moon over blue ridges.
pub fn moonrise(dice: &mut Dice, frame: Frame) -> Canvas {
    let moon = (dice.between(0.08, 0.24) * dice.side() * frame.aspect(), dice.between(0.66, 0.74));
    let radius = 0.052;
    let sky = Sky {
        zenith: rgb(0x243A5E),
        middle: rgb(0x6E7DA0),
        horizon: rgb(0xD9A9A0),
        level: 0.36,
        sun: moon,
        glow: v3(0.16, 0.13, 0.12),
        glow_size: 0.4,
        clouds: None,
    };
    let field = dice.field();
    let mut canvas = Canvas::paint(frame, |x, y| {
        let light = sky.light(x, y);
        let d = ((x - moon.0).powi(2) + (y - moon.1).powi(2)).sqrt();
        let seas = noise::warped(x * 26.0, y * 26.0, field, 5, 1.4);
        let disc = mix(rgb(0xFFF3DC), rgb(0xC9B9A2), smooth(0.42, 0.62, seas)) * (1.0 - 0.25 * (d / radius).powi(3));
        let cloud = smooth(0.5, 0.72, noise::warped(x * 1.2, y * 9.0, field ^ 2, 5, 1.2)) * smooth(0.9, 0.55, y);
        mix(mix(light, disc * 1.7, smooth(radius + 0.0012, radius - 0.0012, d)), rgb(0xB39AA6) * 0.8, cloud * 0.42)
    });
    let layers = layers(dice, (0.06, 0.44), rgb(0x7C84A6), rgb(0x070E1C), 0.085);
    stand(&mut canvas, &layers, rgb(0x8790B0), 0.045, 0.0, (moon.0, 0.5), v3(0.03, 0.02, 0.03));
    canvas
}

/// An evening sky with much air, low hills, and birds on their way.
pub fn birds(dice: &mut Dice, frame: Frame) -> Canvas {
    let sun = (dice.between(-0.3, 0.3), 0.2);
    let clouds = crate::boot::demo::pictures::art::sky::Clouds {
        field: dice.field(),
        gaps: 0.47,
        size: 0.75,
        stretch: 2.0,
        lit: rgb(0xFFC79A) * 1.1,
        shade: rgb(0x94798F),
    };
    let sky = Sky {
        zenith: rgb(0x5C7FB0),
        middle: rgb(0xE6AE9B),
        horizon: rgb(0xFFCE8C),
        level: 0.12,
        sun,
        glow: v3(0.9, 0.42, 0.14),
        glow_size: 0.4,
        clouds: Some(clouds),
    };
    let mut canvas = Canvas::paint(frame, |x, y| sky.light(x, y));
    let mut layers = layers(dice, (0.01, 0.15), rgb(0xC98F7C), rgb(0x231B22), 0.03);
    for layer in &mut layers {
        layer.rise *= 0.4;
    }
    stand(&mut canvas, &layers, rgb(0xF0B58A), 0.04, 0.0, sun, v3(0.4, 0.16, 0.03));
    let heart = (dice.between(-0.2, 0.2) * frame.aspect(), dice.between(0.52, 0.66));
    for _ in 0..34 {
        let depth = dice.between(0.45, 1.0);
        let at = (heart.0 + dice.bell() * 0.26 * frame.aspect(), heart.1 + dice.bell() * 0.13);
        let (span, flap, tilt) = (0.017 * depth, dice.between(-0.35, 0.85), dice.between(-0.3, 0.3));
        for side in [-1.0f32, 1.0] {
            let elbow = (at.0 + side * span * 0.45, at.1 + span * (flap * 0.55 + side * tilt * 0.4));
            let tip = (at.0 + side * span, at.1 + span * (flap * 0.35 + side * tilt));
            let ink = Paint::Cover(rgb(0x2A2230), 0.9 * depth);
            brush::stroke(&mut canvas, at, elbow, (0.0019 * depth, 0.0016 * depth), 0.0015, ink);
            brush::stroke(&mut canvas, elbow, tip, (0.0016 * depth, 0.0004), 0.0015, ink);
        }
    }
    canvas
}
