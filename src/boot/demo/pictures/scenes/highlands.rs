//! Open country seen from a hill: golden farmland, autumn highlands, a road, dunes.

use crate::boot::demo::pictures::art::land::{self, Eye, Ground, Light};
use crate::boot::demo::pictures::art::sky::{Clouds, Sky};
use crate::boot::demo::pictures::art::{Canvas, Dice, Frame, Vec3, mix, noise, rgb, smooth, v3};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Country {
    GoldenHills,
    Mountains,
    Heather,
    Road,
    Shafts,
    Dunes,
}

pub fn paint(dice: &mut Dice, frame: Frame, country: Country) -> Canvas {
    match country {
        Country::GoldenHills => golden_hills(dice, frame),
        Country::Mountains => highland(dice, frame, false, 0.0),
        Country::Heather => heather(dice, frame),
        Country::Road => highland(dice, frame, true, 0.0),
        Country::Shafts => highland(dice, frame, false, 1.0),
        Country::Dunes => dunes(dice, frame),
    }
}

fn golden_hills(dice: &mut Dice, frame: Frame) -> Canvas {
    let (a, b) = (dice.field(), dice.field());
    let side = dice.side();
    let sun_at = (side * frame.half_width() * 0.72, 0.76);
    let sky = Sky {
        zenith: rgb(0x86A5C4),
        middle: rgb(0xE8D3B4),
        horizon: rgb(0xFFDFA8),
        level: 0.58,
        sun: sun_at,
        glow: v3(1.1, 0.62, 0.24),
        glow_size: 0.4,
        clouds: Some(Clouds { field: b, gaps: 0.52, size: 0.6, stretch: 2.2, lit: rgb(0xFFE2BC), shade: rgb(0xC7AE9E) }),
    };
    let mut canvas = Canvas::paint(frame, |x, y| sky.light(x, y));
    let base = move |x: f32, z: f32| {
        noise::fbm(x * 0.23 + 3.0, z * 0.23, a, 3) * 3.0 + smooth(6.0, 40.0, z) * noise::fbm(x * 0.06, z * 0.06, b, 3) * 4.0
    };
    let height = move |x: f32, z: f32, detail: u32| {
        let soil = base(x, z);
        // Cypresses and bushes along some of the field borders.
        let grove = noise::fbm(x * 0.35, z * 0.35, b ^ 3, 2);
        let (cx, cz) = ((x * 3.2).floor(), (z * 3.2).floor());
        let (ox, oz) = (0.3 + 0.4 * noise::cell(cx as i32, cz as i32, a), 0.3 + 0.4 * noise::cell(cx as i32, cz as i32, b));
        let d = ((x * 3.2 - cx - ox).powi(2) + (z * 3.2 - cz - oz).powi(2)).sqrt();
        let tree = if grove > 0.56 && z > 5.0 && noise::cell(cx as i32, cz as i32, a ^ 8) > 0.35 {
            smooth(0.24, 0.0, d) * (0.12 + 0.30 * noise::cell(cz as i32, cx as i32, a))
        } else {
            0.0
        };
        soil + tree + (noise::fbm(x * 9.0, z * 9.0, a ^ 5, (detail / 2).max(2)) - 0.5) * 0.035
    };
    let eye_height = base(0.0, 1.0).max(base(0.0, 3.0)) + 1.25;
    let eye = Eye { height: eye_height, horizon: 0.66, zoom: 1.55, near: 0.7, far: 95.0 };
    let sun = v3(side * 0.83, 0.235, 0.5).unit();
    let light = Light {
        sun,
        sunlight: v3(2.9, 1.75, 0.8),
        skylight: v3(0.22, 0.27, 0.36),
        haze: rgb(0xD6BFA6),
        density: 0.036,
        thinning: 0.22,
        glare: v3(0.5, 0.26, 0.08),
        glare_at: sun_at,
        softness: 0.3,
    };
    let far = land::paint(&mut canvas, eye, &light, height, |g: &Ground| {
        if g.height - base(g.x, g.z) > 0.055 {
            return rgb(0x4A5528) * 0.8;
        }
        // Fields: a warped patchwork, each with its own crop and furrows.
        let (u, v) = (g.x * 0.55 + noise::fbm(g.x * 0.4, g.z * 0.4, a, 2), g.z * 0.36 + noise::fbm(g.x * 0.3, g.z * 0.3, b, 2));
        let crop = noise::cell(u.floor() as i32, v.floor() as i32, a ^ 99);
        let base = if crop < 0.4 {
            rgb(0xB59A4E)
        } else if crop < 0.7 {
            rgb(0x7C8440)
        } else {
            rgb(0x94763F)
        };
        let rows = 0.9 + 0.14 * ((u * 34.0 + v * 4.0).sin()) * smooth(14.0, 3.0, g.z);
        base * (rows * (0.7 + 0.6 * noise::fbm(g.x * 4.0, g.z * 4.0, b ^ 7, 5)))
    });
    land::soften_skylines(&mut canvas, &far);
    canvas
}

fn highland_colours(g: &Ground, field: u32, snow: f32) -> Vec3 {
    let patch = noise::fbm(g.x * 1.1, g.z * 1.1, field, 5);
    let fine = 0.72 + 0.56 * noise::fbm(g.x * 14.0, g.z * 14.0, field ^ 4, 3);
    let grass = mix(rgb(0x8A6A35), rgb(0x5D5A2E), smooth(0.4, 0.62, patch));
    let bracken = mix(grass, rgb(0x7E5030), smooth(0.52, 0.74, noise::fbm(g.x * 0.8, g.z * 0.8, field ^ 8, 4)));
    let rock = mix(rgb(0x5C5A58), rgb(0x3E3D40), patch);
    let cover = mix(bracken, rock, smooth(0.22, 0.42, g.steep + (patch - 0.5) * 0.2));
    mix(cover, rgb(0xE9ECF2), smooth(snow, snow + 0.5, g.height + patch) * smooth(0.5, 0.3, g.steep)) * fine
}

/// Mountains under a heavy sky; with a road, or with light breaking through.
fn highland(dice: &mut Dice, frame: Frame, road: bool, shafts: f32) -> Canvas {
    let (a, b) = (dice.field(), dice.field());
    let side = dice.side();
    let sun_at = (side * frame.half_width() * dice.between(0.25, 0.6), 0.92);
    let storm = Clouds {
        field: b,
        gaps: if shafts > 0.0 { 0.36 } else { 0.44 },
        size: 0.85,
        stretch: 1.5,
        lit: rgb(0xD9D3CB),
        shade: if shafts > 0.0 { rgb(0x3D4550) } else { rgb(0x6F7A88) },
    };
    let sky = Sky {
        zenith: rgb(0x5C789A),
        middle: rgb(0xB4BFC9),
        horizon: rgb(0xE6DCCB),
        level: 0.52,
        sun: sun_at,
        glow: v3(0.55, 0.42, 0.26),
        glow_size: 0.35,
        clouds: Some(storm),
    };
    let mut canvas = Canvas::paint(frame, |x, y| sky.light(x, y));
    let bend = dice.between(0.7, 1.1) * side;
    let track = move |z: f32| bend * (0.9 * (z * 0.55 + 0.6).sin() + 0.35 * (z * 0.23).sin()) * smooth(0.3, 4.0, z) + 0.12 * bend;
    let valley = dice.between(-0.12, 0.12);
    let height = move |x: f32, z: f32, detail: u32| {
        let away = (x - valley * z).abs() / (1.2 + z * 0.24);
        let walls = smooth(0.1, 1.25, away);
        let peaks = noise::ridged(x * 0.11 + 5.0, z * 0.11, a, detail.min(7)) * (0.4 + 5.2 * walls) * smooth(3.0, 15.0, z);
        let rolling = noise::fbm(x * 0.55, z * 0.55, b, detail) * 0.75;
        let wall = (noise::fbm(x * 0.1, z * 0.1, b ^ 6, 3) * 5.0 + 1.0) * smooth(18.0, 40.0, z);
        let land = peaks + rolling + wall;
        if road {
            // The road lies on its own even bed.
            let flat = noise::fbm(track(z) * 0.55, z * 0.55, b, 2) * 0.75
                + noise::ridged(track(z) * 0.11 + 5.0, z * 0.11, a, 3) * 0.4 * smooth(3.0, 15.0, z);
            let on = smooth(0.75, 0.12, (x - track(z)).abs());
            return land + (flat - land) * on * smooth(16.0, 9.0, z);
        }
        land
    };
    let eye = Eye {
        height: height(0.0, 0.8, 5).max(height(0.0, 2.0, 5)) + if road { 0.85 } else { 0.7 },
        horizon: 0.52,
        zoom: 1.25,
        near: 0.5,
        far: 60.0,
    };
    let sun = v3(side * 0.72, 0.36, if shafts > 0.0 { 0.5 } else { -0.25 }).unit();
    let light = Light {
        sun,
        sunlight: v3(2.1, 1.65, 1.15),
        skylight: v3(0.27, 0.32, 0.40),
        haze: rgb(0x98A6B6),
        density: 0.034,
        thinning: 0.16,
        glare: v3(0.2, 0.15, 0.09),
        glare_at: sun_at,
        softness: 0.15,
    };
    let far = land::paint(&mut canvas, eye, &light, height, |g: &Ground| {
        // Shadows of clouds pass over the land.
        let passing = 0.35 + 0.65 * smooth(0.42, 0.58, noise::fbm(g.x * 0.16, g.z * 0.16, b ^ 12, 3));
        let cover = highland_colours(g, a ^ 31, 4.3) * passing;
        let d = (g.x - track(g.z)).abs();
        if !road || d > 0.22 || g.z > 16.0 {
            return cover;
        }
        let tar = rgb(0x5B5C60) * (0.8 + 0.4 * noise::fbm(g.x * 30.0, g.z * 30.0, a, 2));
        let lined = mix(tar, rgb(0xE8E4DA), smooth(0.012, 0.006, (d - 0.115).abs()));
        mix(lined, mix(cover, rgb(0x8A8070), 0.4), smooth(0.135, 0.16, d + (noise::value(g.x * 20.0, g.z * 20.0, b) - 0.5) * 0.02))
            * (0.5 + 0.5 * passing)
    });
    land::soften_skylines(&mut canvas, &far);
    if shafts > 0.0 {
        light_shafts(&mut canvas, dice, sun_at);
    }
    canvas
}

/// Sunbeams fan out from behind the clouds: brightness depends on the angle at the sun, and on a little smoke.
fn light_shafts(canvas: &mut Canvas, dice: &mut Dice, sun: (f32, f32)) {
    let (field, source) = (dice.field(), (sun.0, sun.1 + 0.2));
    canvas.repaint(|x, y, light| {
        let (dx, dy) = (x - source.0, y - source.1);
        let (angle, away) = (dx.atan2(-dy), (dx * dx + dy * dy).sqrt());
        let beams = smooth(0.4, 0.95, noise::lines(angle * 4.2 + 20.0, field, 4)) * smooth(1.15, 0.15, angle.abs());
        let smoke = 0.6 + 0.8 * (noise::fbm(x * 3.0, y * 4.0, field ^ 4, 4) - 0.2);
        let reach = smooth(0.16, 0.42, away) * smooth(1.35, 0.5, away);
        light + v3(1.0, 0.8, 0.52) * (beams * smoke * reach * 0.62)
    });
}

fn heather(dice: &mut Dice, frame: Frame) -> Canvas {
    let (a, b) = (dice.field(), dice.field());
    let side = dice.side();
    let sun_at = (side * frame.half_width() * 0.8, 0.8);
    let clouds = Clouds { field: b, gaps: 0.46, size: 0.7, stretch: 1.9, lit: rgb(0xFFDCC0), shade: rgb(0x9A93A8) };
    let sky = Sky {
        zenith: rgb(0x6786B4),
        middle: rgb(0xD9C3C4),
        horizon: rgb(0xFFDDB4),
        level: 0.58,
        sun: sun_at,
        glow: v3(0.9, 0.5, 0.24),
        glow_size: 0.42,
        clouds: Some(clouds),
    };
    let mut canvas = Canvas::paint(frame, |x, y| sky.light(x, y));
    let height = move |x: f32, z: f32, detail: u32| {
        let hills =
            noise::fbm(x * 0.16, z * 0.16 + 3.0, a, 4) * 4.2 + noise::ridged(x * 0.09, z * 0.09, b, 5) * 3.4 * smooth(10.0, 30.0, z);
        // Heather cushions.
        let (tall, fine) = (smooth(20.0, 1.0, z) * 0.045 + 0.02, noise::fbm(x * 8.0, z * 8.0, b ^ 2, detail.min(5)));
        hills + fine * tall * 2.0
    };
    let eye = Eye {
        height: height(0.0, 0.6, 5).max(height(0.0, 2.5, 4)).max(height(0.0, 5.0, 4)) + 0.75,
        horizon: 0.62,
        zoom: 1.35,
        near: 0.42,
        far: 70.0,
    };
    let sun = v3(side * 0.8, 0.3, 0.42).unit();
    let light = Light {
        sun,
        sunlight: v3(2.6, 1.7, 1.0),
        skylight: v3(0.30, 0.32, 0.44),
        haze: rgb(0xAEABB8),
        density: 0.030,
        thinning: 0.2,
        glare: v3(0.3, 0.18, 0.07),
        glare_at: sun_at,
        softness: 0.35,
    };
    let far = land::paint(&mut canvas, eye, &light, height, |g: &Ground| {
        let bloom = noise::fbm(g.x * 0.9 + 4.0, g.z * 0.9, a ^ 77, 5);
        let green = mix(rgb(0x6B6A33), rgb(0x8A7440), noise::fbm(g.x * 3.0, g.z * 3.0, b ^ 1, 3));
        let heather = mix(rgb(0x5C4650), rgb(0x806672), noise::fbm(g.x * 22.0, g.z * 22.0, a ^ 5, 2));
        let stone = smooth(0.34, 0.5, g.steep) * 0.6;
        let fine = 0.62 + 0.76 * noise::fbm(g.x * 26.0, g.z * 26.0, b ^ 17, 3);
        mix(mix(green, heather, smooth(0.4, 0.56, bloom)), rgb(0x6A6664), stone) * fine
    });
    land::soften_skylines(&mut canvas, &far);
    canvas
}

fn dunes(dice: &mut Dice, frame: Frame) -> Canvas {
    let (a, b) = (dice.field(), dice.field());
    let side = dice.side();
    let sky = Sky {
        zenith: rgb(0x7E9FC4),
        middle: rgb(0xC9CFD6),
        horizon: rgb(0xF3D8C0),
        level: 0.6,
        sun: (side * 0.9, 0.74),
        glow: v3(0.45, 0.26, 0.14),
        glow_size: 0.6,
        clouds: Some(Clouds { field: b, gaps: 0.57, size: 0.5, stretch: 3.5, lit: rgb(0xFFEEDD), shade: rgb(0xD9C9C4) }),
    };
    let mut canvas = Canvas::paint(frame, |x, y| sky.light(x, y));
    let height = move |x: f32, z: f32, _detail: u32| {
        // Long windward slopes, sharp crests, slip faces: a bent ridge noise with few octaves.
        let bend = noise::fbm(x * 0.12, z * 0.12, b, 2) * 3.2;
        let crest = |u: f32, v: f32, f: u32| {
            let d = 2.0 * noise::fbm(u, v, f, 2) - 1.0;
            let n = 1.0 - (d * d + 0.0025).sqrt();
            n * n
        };
        crest(x * 0.17 + bend * 0.5, z * 0.12 + bend * 0.3, a) * (1.0 + 2.1 * smooth(24.0, 7.0, z))
            + noise::fbm(x * 0.06, z * 0.06, b, 2) * 3.0
    };
    let eye = Eye { height: height(0.0, 1.0, 4).max(height(0.0, 3.0, 4)) + 0.75, horizon: 0.64, zoom: 1.5, near: 0.6, far: 80.0 };
    let sun = v3(side * 0.9, 0.27, 0.25).unit();
    let light = Light {
        sun,
        sunlight: v3(2.7, 1.75, 1.05),
        skylight: v3(0.26, 0.30, 0.42),
        haze: rgb(0xE3CDBB),
        density: 0.022,
        thinning: 0.15,
        glare: v3(0.2, 0.1, 0.03),
        glare_at: sky.sun,
        softness: 0.1,
    };
    let far = land::paint(&mut canvas, eye, &light, height, |g: &Ground| {
        let wave = g.x * 5.0 * side + g.z * 16.0 + noise::fbm(g.x * 1.2, g.z * 1.2, a ^ 3, 3) * 22.0;
        let ripples = wave.sin() * 0.1 * smooth(9.0, 1.2, g.z) * smooth(0.3, 0.1, g.steep);
        mix(rgb(0xCFA77E), rgb(0xDDBB97), noise::fbm(g.x * 0.7, g.z * 0.7, b ^ 9, 4))
            * (0.92 + ripples + 0.12 * noise::value(g.x * 160.0, g.z * 160.0, a))
    });
    land::soften_skylines(&mut canvas, &far);
    canvas
}
