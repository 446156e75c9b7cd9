//! A tree alone on a rise, in fog or in the last light.

use crate::boot::demo::pictures::art::brush::{self, Paint};
use crate::boot::demo::pictures::art::{Canvas, Dice, Frame, Vec3, mix, noise, rgb, smooth, v3};

pub fn paint(dice: &mut Dice, frame: Frame, warm: bool) -> Canvas {
    let (field, x0) = (dice.field(), dice.between(0.1, 0.22) * dice.side() * frame.aspect());
    let ground = 0.25;
    let (high, low, glow) =
        if warm { (rgb(0xA7A9B8), rgb(0xF7C892), v3(0.9, 0.45, 0.14)) } else { (rgb(0xB7C0C6), rgb(0xE4E3DE), v3(0.22, 0.19, 0.14)) };
    let sun = (x0 * -0.5, 0.42);
    let rise = |x: f32| ground + 0.05 * (1.0 - ((x - x0) * 1.6).powi(2)) + (noise::lines(x * 2.0 + 9.0, field, 4) - 0.5) * 0.05;
    let mut canvas = Canvas::paint(frame, |x, y| {
        let d = ((x - sun.0).powi(2) + (y - sun.1).powi(2)).sqrt();
        let fog = noise::warped(x * 1.2, y * 2.6, field, 5, 1.2);
        mix(low, high, smooth(0.2, 1.0, y)) * (0.9 + 0.2 * fog)
            + glow * ((-d * 3.0).exp() + 0.8 * (-d * d * 160.0).exp() * if warm { 1.5 } else { 0.0 })
    });
    // A wood far behind, nearly gone in the fog.
    for (depth, base, tall) in [(0.2, ground + 0.1, 0.10), (0.36, ground + 0.06, 0.08)] {
        canvas.repaint(|x, y, light| {
            let crown = base + tall * (noise::lines(x * 3.0 + depth * 40.0, field ^ 6, 6) - 0.35) + 0.02 * noise::lines(x * 40.0, field, 2);
            mix(
                light,
                mix(low, if warm { rgb(0x6C5550) } else { rgb(0x68757C) }, depth * 1.6),
                smooth(crown + 0.015, crown - 0.02, y) * 0.75,
            )
        });
    }
    let dark = if warm { rgb(0x2C2019) } else { rgb(0x2F3638) };
    grow(&mut canvas, dice, (x0, rise(x0) - 0.01), dark, warm);
    canvas.repaint(|x, y, light| {
        let top = rise(x) + 0.006 * noise::value(x * 180.0, 1.0, field);
        let depth = (top - y) / top;
        let tuft = noise::fbm(x * 30.0, y * 90.0, field ^ 8, 4);
        let grass = mix(if warm { rgb(0x8A6436) } else { rgb(0x8C8A70) }, if warm { rgb(0x241A12) } else { rgb(0x3E4236) }, depth * 1.3)
            * (0.6 + 0.8 * tuft);
        let shade = 1.0 - 0.5 * smooth(0.16, 0.0, ((x - x0).powi(2) + (y - rise(x0)).powi(2) * 14.0).sqrt());
        mix(light, mix(grass * shade, low, 0.35 * smooth(0.25, 0.0, depth)), smooth(0.002, -0.002, y - top))
    });
    canvas
}

/// Branches fork until they are twigs; leaves gather at the ends, denser where the light comes through less.
fn grow(canvas: &mut Canvas, dice: &mut Dice, root: (f32, f32), bark: Vec3, warm: bool) {
    let mut tips = Vec::new();
    let mut todo = vec![(root, 1.57f32 + dice.bell() * 0.06, 0.115f32, 0.0165f32, 0u32)];
    while let Some((from, angle, length, thick, depth)) = todo.pop() {
        let bow = dice.bell() * 0.12;
        let middle = (from.0 + (angle + bow).cos() * length * 0.5, from.1 + (angle + bow).sin() * length * 0.5);
        let to = (middle.0 + (angle - bow).cos() * length * 0.5, middle.1 + (angle - bow).sin() * length * 0.5);
        let ink = Paint::Cover(bark, 0.96);
        brush::stroke(canvas, from, middle, (thick, thick * 0.86), 0.0018, ink);
        brush::stroke(canvas, middle, to, (thick * 0.86, thick * 0.72), 0.0018, ink);
        if depth >= 4 {
            tips.push(to);
        }
        if depth >= 9 || length < 0.008 {
            continue;
        }
        let forks = if depth < 5 && dice.chance(0.35) { 3 } else { 2 };
        for i in 0..forks {
            let spread = (i as f32 - (forks - 1) as f32 / 2.0) * dice.between(0.55, 0.95) + dice.bell() * 0.16;
            // Twigs bend back to the light, old boughs towards the level.
            let upward = (1.57 - angle - spread) * 0.10;
            todo.push((to, angle + spread + upward, length * dice.between(0.70, 0.88), thick * dice.between(0.6, 0.72), depth + 1));
        }
    }
    for tip in tips {
        let leaves = if warm { mix(rgb(0x4A2C14), rgb(0xB0702A), dice.unit()) } else { mix(rgb(0x3B4038), rgb(0x6B6A52), dice.unit()) };
        for _ in 0..5 {
            let at = (tip.0 + dice.bell() * 0.014, tip.1 + dice.bell() * 0.011);
            let r = dice.between(0.0012, 0.0034);
            brush::stroke(
                canvas,
                at,
                (at.0 + r, at.1 + r * dice.bell()),
                (r, r * 0.7),
                0.0016,
                Paint::Cover(leaves * dice.between(0.5, 1.2), 0.75),
            );
        }
    }
}
