//! The wedding after dark: string lights, candles on a table, the dance floor.

use crate::boot::demo::pictures::art::brush::{self, Paint};
use crate::boot::demo::pictures::art::{Canvas, Dice, Frame, Vec3, mix, noise, rgb, smooth, v3};

const BULB: Vec3 = v3(1.0, 0.56, 0.2);

/// Strings of bulbs over a garden at blue hour, from far and blurred to near and large.
pub fn string_lights(dice: &mut Dice, frame: Frame) -> Canvas {
    let half = frame.half_width();
    let (field, low) = (dice.field(), 0.3);
    let mut canvas = Canvas::paint(frame, |x, y| {
        let sky = mix(rgb(0xB98F86) * 0.55, rgb(0x1D3357) * 0.75, smooth(low, 0.95, y));
        let trees = low + 0.24 + 0.26 * (noise::lines(x * 1.6 + 4.0, field, 4) - 0.5) + 0.25 * smooth(0.3, 1.0, x.abs() / half);
        let leaves = noise::fbm(x * 9.0, y * 9.0, field, 4);
        let wood = mix(rgb(0x131D22), rgb(0x2E3A34), leaves);
        let light = mix(sky, wood, smooth(trees + 0.05, trees - 0.05, y + (leaves - 0.5) * 0.12));
        mix(light, rgb(0x4A3222) * (0.5 + leaves), smooth(low + 0.04, 0.02, y))
    });
    canvas = canvas.blurred(0.016);
    // Guests' candles far away, on the tables.
    for _ in 0..130 {
        let (x, y) = (dice.between(-half, half), low - 0.03 + dice.bell() * 0.10);
        let tint = mix(BULB, v3(1.0, 0.75, 0.45), dice.unit());
        brush::bokeh(&mut canvas, (x, y), dice.between(0.007, 0.017), tint * dice.between(0.08, 0.5), 0.14);
    }
    for depth in 0..5 {
        let near = depth as f32 / 4.0;
        let (left, right) = (0.60 + near * 0.26 + dice.bell() * 0.06, 0.66 + near * 0.24 + dice.bell() * 0.06);
        let (sag, radius) = (0.07 + 0.11 * near + dice.unit() * 0.05, 0.008 + 0.034 * near * near);
        let bulbs = (34.0 - 22.0 * near) as usize;
        let line = |t: f32| (half * 1.15 * (2.0 * t - 1.0), left + (right - left) * t - sag * 4.0 * t * (1.0 - t));
        for i in 0..24 {
            let (a, b) = (i as f32 / 24.0, (i + 1) as f32 / 24.0);
            brush::stroke(&mut canvas, line(a), line(b), (0.0008, 0.0008), 0.004 + radius * 0.35, Paint::Cover(rgb(0x0A0D12), 0.5));
        }
        for i in 0..bulbs {
            let (x, y) = line((i as f32 + 0.5 + dice.bell() * 0.12) / bulbs as f32);
            let power = dice.between(0.55, 1.15);
            brush::glow(&mut canvas, (x, y - radius), radius * 2.6, BULB * (0.08 * power));
            brush::bokeh(
                &mut canvas,
                (x, y - radius),
                radius * dice.between(0.9, 1.08),
                mix(BULB, v3(1.0, 0.7, 0.36), dice.unit()) * (1.5 - 0.85 * near) * power,
                0.10,
            );
        }
    }
    couple(&mut canvas, dice, (dice_offset(half), 0.0), 0.40);
    canvas
}

fn dice_offset(half: f32) -> f32 {
    -half * 0.18
}

/// Two people close together, seen against the lights: dark, soft shapes with a warm edge.
fn couple(canvas: &mut Canvas, dice: &mut Dice, foot: (f32, f32), tall: f32) {
    let ink = rgb(0x07080C);
    let lean = 0.035;
    for rim in [true, false] {
        let (paint, extra) = if rim { (Paint::Cover(v3(0.30, 0.13, 0.05), 0.6), 0.0012) } else { (Paint::Cover(ink, 1.0), 0.0) };
        let soft = 0.008;
        let s = tall / 0.4;
        let mut mark = |a: (f32, f32), b: (f32, f32), ra: f32, rb: f32| {
            let shift = if rim { 0.0018 } else { 0.0 };
            let at = |p: (f32, f32)| (foot.0 + p.0 * s + shift, foot.1 + p.1 * s + shift);
            brush::stroke(canvas, at(a), at(b), (ra * s + extra, rb * s + extra), soft, paint);
        };
        // He: shoulders, jacket, head bent to her.
        mark((-0.046, -0.05), (-0.040, 0.16), 0.058, 0.060);
        mark((-0.040, 0.16), (-0.028, 0.258), 0.060, 0.046);
        mark((-0.086, 0.225), (-0.002, 0.235), 0.026, 0.022);
        mark((-0.024, 0.28), (-0.020, 0.31), 0.017, 0.017);
        mark((-0.020, 0.336), (-0.016 + lean * 0.2, 0.352), 0.031, 0.029);
        mark((-0.09, 0.21), (-0.098, 0.06), 0.022, 0.018);
        // She: a slim back, a wide skirt, hair put up.
        mark((0.070, -0.06), (0.056, 0.09), 0.115, 0.040);
        mark((0.056, 0.09), (0.050, 0.205), 0.036, 0.036);
        mark((0.026, 0.212), (0.076, 0.208), 0.017, 0.016);
        mark((0.046, 0.23), (0.040, 0.268), 0.0125, 0.012);
        mark((0.036, 0.294), (0.032, 0.308), 0.027, 0.025);
        mark((0.060, 0.312), (0.062, 0.315), 0.0155, 0.014);
        mark((0.078, 0.20), (0.026, 0.205), 0.014, 0.012);
    }
    for _ in 0..14 {
        let at = (foot.0 + dice.bell() * 0.3, dice.between(0.02, 0.22));
        brush::bokeh(canvas, at, dice.between(0.02, 0.05), BULB * dice.between(0.02, 0.07), 0.12);
    }
}

/// Candles on a long table: near ones sharp, the others discs of light.
pub fn candles(dice: &mut Dice, frame: Frame) -> Canvas {
    let half = frame.half_width();
    let (field, edge) = (dice.field(), dice.between(0.30, 0.36));
    let mut canvas = Canvas::paint(frame, |x, y| {
        let room = mix(rgb(0x2A1712), rgb(0x0C0A0E), smooth(0.3, 1.0, y)) * (0.7 + 0.6 * noise::fbm(x * 2.0, y * 2.0, field, 3));
        let cloth = mix(rgb(0x5C3E2A), rgb(0x1D130E), smooth(edge, 0.0, y)) * (0.8 + 0.4 * noise::fbm(x * 4.0, y * 22.0, field ^ 4, 4));
        mix(room, cloth, smooth(edge + 0.02, edge - 0.03, y))
    });
    for _ in 0..70 {
        let y = edge + 0.12 + dice.bell() * 0.17;
        let tint = mix(BULB, v3(1.0, 0.42, 0.22), dice.unit() * 0.8);
        brush::bokeh(&mut canvas, (dice.between(-half, half), y), dice.between(0.014, 0.052), tint * dice.between(0.04, 0.42), 0.09);
    }
    for _ in 0..26 {
        leaf(&mut canvas, dice, edge, half);
    }
    let mut places: Vec<(f32, f32)> = (0..7).map(|i| (i as f32 / 6.0, dice.between(-0.9, 0.9) * half)).collect();
    places.push((1.25, dice.between(-0.25, 0.0) * half));
    places.push((1.15, dice.between(0.25, 0.6) * half));
    for (near, x) in places {
        candle(&mut canvas, dice, x, near, edge);
    }
    canvas
}

fn leaf(canvas: &mut Canvas, dice: &mut Dice, edge: f32, half: f32) {
    let (x, y) = (dice.between(-half, half), edge - dice.between(0.02, 0.12));
    let (angle, long) = (dice.bell() * 0.9, dice.between(0.02, 0.05));
    let green = mix(rgb(0x26301C), rgb(0x5A5A30), dice.unit());
    let tip = (x + angle.cos() * long, y + angle.sin() * long);
    brush::stroke(canvas, (x, y), tip, (0.010, 0.003), 0.008, Paint::Cover(green * dice.between(0.3, 0.9), 0.85));
}

fn candle(canvas: &mut Canvas, dice: &mut Dice, x: f32, near: f32, edge: f32) {
    let size = 0.45 + 0.75 * near;
    let foot = edge + 0.03 - 0.19 * near * size;
    let (radius, tall) = (0.030 * size, dice.between(0.13, 0.25) * size);
    let blur = 0.004 + 0.024 * (1.12 - near).abs();
    let top = foot + tall;
    // Its light on the cloth and in the air.
    brush::glow(canvas, (x, foot - 0.012), 0.13 * size, v3(0.42, 0.17, 0.045));
    brush::stroke(
        canvas,
        (x - radius * 2.2, foot - 0.006),
        (x + radius * 2.2, foot - 0.006),
        (0.008 * size, 0.008 * size),
        0.03,
        Paint::Cover(rgb(0x140A06), 0.6),
    );
    for i in 0..10 {
        let (a, b) = (i as f32 / 10.0, (i + 1) as f32 / 10.0);
        let wax = mix(rgb(0x5A4030), rgb(0xF3C78C) * 1.15, b.powi(2));
        brush::stroke(canvas, (x, foot + tall * a), (x, foot + tall * b), (radius, radius), blur, Paint::Cover(wax, 0.96));
    }
    brush::stroke(
        canvas,
        (x + radius * 0.45, foot),
        (x + radius * 0.45, top),
        (radius * 0.35, radius * 0.3),
        radius * 0.9,
        Paint::Cover(rgb(0x2A140C), 0.30),
    );
    brush::stroke(
        canvas,
        (x - radius * 0.55, foot),
        (x - radius * 0.55, top),
        (radius * 0.12, radius * 0.12),
        radius * 0.6,
        Paint::Add(v3(0.16, 0.09, 0.04)),
    );
    brush::glow(canvas, (x, top - radius * 0.2), radius * 0.8, v3(1.1, 0.55, 0.18));
    let wick = top + radius * 0.5;
    let lean = dice.bell() * radius * 0.2;
    brush::stroke(
        canvas,
        (x, top),
        (x, wick + radius * 0.3),
        (0.0012 * size, 0.0012 * size),
        0.002 + blur * 0.5,
        Paint::Cover(rgb(0x1A0E08), 0.9),
    );
    let soft = radius * 0.4 + blur;
    brush::stroke(
        canvas,
        (x, wick + radius * 0.45),
        (x + lean * 0.4, wick + radius * 1.3),
        (radius * 0.36, radius * 0.28),
        soft,
        Paint::Add(v3(3.0, 1.6, 0.5)),
    );
    brush::stroke(
        canvas,
        (x + lean * 0.4, wick + radius * 1.3),
        (x + lean, wick + radius * 2.9),
        (radius * 0.26, radius * 0.03),
        soft,
        Paint::Add(v3(2.6, 1.3, 0.36)),
    );
    brush::glow(canvas, (x, wick + radius * 1.2), radius * 2.6, v3(0.65, 0.27, 0.07));
    brush::glow(canvas, (x, wick + radius), 0.2 * size, v3(0.12, 0.045, 0.01));
    if (1.12 - near).abs() > 0.4 {
        brush::bokeh(canvas, (x, wick + radius), radius * 1.1, v3(1.0, 0.55, 0.2) * 0.9, 0.1);
    }
}

/// The dance floor at a slow shutter: lamps draw ribbons, people are dark shapes in front.
pub fn dance_floor(dice: &mut Dice, frame: Frame) -> Canvas {
    let half = frame.half_width();
    let field = dice.field();
    let lamps = [v3(1.0, 0.34, 0.12), v3(1.0, 0.62, 0.24), v3(0.85, 0.16, 0.34), v3(0.25, 0.30, 0.95)];
    let mut canvas = Canvas::paint(frame, |x, y| {
        let smoke = noise::warped(x * 1.4, y * 1.6, field, 5, 1.5);
        let warm = (-((x + half * 0.3).powi(2) * 1.6 + (y - 0.62).powi(2) * 4.0)).exp();
        let cool = (-((x - half * 0.55).powi(2) * 2.4 + (y - 0.72).powi(2) * 4.0)).exp();
        (v3(0.30, 0.10, 0.045) * warm + v3(0.075, 0.045, 0.20) * cool) * (0.35 + 1.3 * smoke) + v3(0.006, 0.005, 0.009)
    });
    // Beams from the rig above.
    for _ in 0..7 {
        let (from, lamp) = ((dice.between(-half, half), 1.04), dice.pick(&lamps));
        let to = (from.0 + dice.bell() * 0.55, 0.2);
        brush::stroke(&mut canvas, from, to, (0.006, 0.12), 0.10, Paint::Add(lamp * 0.06));
        brush::bokeh(&mut canvas, (from.0, dice.between(0.86, 0.96)), dice.between(0.012, 0.03), lamp * 1.6, 0.12);
    }
    for _ in 0..5 {
        let lamp = dice.pick(&lamps);
        let (cx, cy) = (dice.bell() * half * 0.6, dice.between(0.45, 0.72));
        let (fx, fy, phase) = (dice.between(1.0, 2.4), dice.between(1.4, 3.2), dice.unit() * 6.0);
        let (wide, high) = (dice.between(0.18, 0.42) * frame.aspect().max(0.8), dice.between(0.08, 0.2));
        let turns = dice.between(0.8, 1.5);
        let at = |t: f32| {
            let a = t * std::f32::consts::TAU * turns + phase;
            (cx + wide * (a * fx * 0.5).sin() + 0.02 * (a * 5.0).sin(), cy + high * (a * fy * 0.5 + 1.0).cos() + 0.012 * (a * 7.0).cos())
        };
        for strand in 0..3 {
            let off = (strand as f32 - 1.0) * dice.between(0.006, 0.018);
            let mut from = at(0.0);
            for i in 1..=150 {
                let t = i as f32 / 150.0;
                let p = at(t);
                let to = (p.0, p.1 + off * (1.0 + (t * 9.0).sin() * 0.6));
                let fade = smooth(0.0, 0.12, t) * smooth(1.0, 0.8, t) * (0.4 + 0.6 * noise::line(t * 9.0, field ^ strand));
                brush::stroke(&mut canvas, from, to, (0.0011, 0.0011), 0.0026, Paint::Trail(lamp * (1.1 * fade)));
                brush::stroke(&mut canvas, from, to, (0.003, 0.003), 0.018, Paint::Trail(lamp * (0.10 * fade)));
                from = to;
            }
        }
    }
    crowd(&mut canvas, dice, half);
    canvas
}

fn crowd(canvas: &mut Canvas, dice: &mut Dice, half: f32) {
    for row in 0..3 {
        let near = row as f32 / 2.0;
        let size = 0.055 + 0.06 * near;
        let mut x = -half - size + dice.unit() * size;
        while x < half + size {
            let tall = 0.33 - 0.17 * near + dice.bell() * 0.04;
            let ink = Paint::Cover(mix(rgb(0x2A1420), rgb(0x050408), 0.35 + near * 0.65), 0.97);
            let soft = 0.009 + 0.022 * near;
            let sway = dice.bell() * size * 0.3;
            brush::stroke(canvas, (x, -0.1), (x + sway * 0.5, tall - size * 1.25), (size * 1.15, size * 0.92), soft, ink);
            brush::stroke(canvas, (x + sway * 0.6, tall - size * 0.6), (x + sway, tall), (size * 0.30, size * 0.28), soft, ink);
            brush::stroke(
                canvas,
                (x + sway, tall + size * 0.02),
                (x + sway * 1.1, tall + size * 0.2),
                (size * 0.45, size * 0.43),
                soft,
                ink,
            );
            brush::stroke(
                canvas,
                (x + sway - size * 0.42, tall + size * 0.2),
                (x + sway - size * 0.3, tall + size * 0.75),
                (0.0015, 0.0015),
                0.012,
                Paint::Add(v3(0.09, 0.035, 0.02) * (1.2 - near)),
            );
            if dice.chance(0.30) {
                let side = dice.side();
                let elbow = (x + sway + side * size * 1.15, tall + dice.between(-0.1, 0.5) * size);
                let wrist = (elbow.0 + dice.bell() * size * 0.4, elbow.1 + size * dice.between(0.9, 1.4));
                brush::stroke(canvas, (x + side * size * 0.7, tall - size), elbow, (size * 0.26, size * 0.2), soft, ink);
                brush::stroke(canvas, elbow, wrist, (size * 0.19, size * 0.13), soft, ink);
                brush::stroke(canvas, wrist, (wrist.0, wrist.1 + size * 0.2), (size * 0.16, size * 0.12), soft, ink);
            }
            x += size * dice.between(1.5, 3.1);
        }
    }
}
