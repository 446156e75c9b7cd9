//! Marks on a canvas: out-of-focus lights, strokes that taper, and curves made of them.

use super::canvas::Canvas;
use super::vec3::{Vec3, mix, smooth};

/// A point of light as a lens out of focus draws it: an even disc, a slightly brighter rim, lemon-shaped towards the corners.
pub fn bokeh(canvas: &mut Canvas, (x, y): (f32, f32), radius: f32, colour: Vec3, softness: f32) {
    let edge = (radius * softness).max(1.2 / canvas.frame.height as f32);
    // The lens barrel cuts discs far from the axis: a second, shifted disc does the cutting.
    let (lean_x, lean_y) = (x * 0.45 * radius, (y - 0.5) * 0.45 * radius);
    each_near(canvas, (x, y), radius + edge, |px, py, light| {
        let d = ((px - x).powi(2) + (py - y).powi(2)).sqrt();
        let cut = ((px - x + lean_x * 2.0).powi(2) + (py - y + lean_y * 2.0).powi(2)).sqrt() - radius * 0.12;
        let inside = smooth(radius, radius - edge, d.max(cut));
        let rim = 0.8 + 0.35 * smooth(radius * 0.55, radius * 0.95, d);
        *light += colour * (inside * rim);
    });
}

/// Light that fades from its centre, without an edge.
pub fn glow(canvas: &mut Canvas, (x, y): (f32, f32), radius: f32, colour: Vec3) {
    each_near(canvas, (x, y), radius * 3.0, |px, py, light| {
        let d2 = ((px - x).powi(2) + (py - y).powi(2)) / (radius * radius);
        *light += colour * ((-d2 * 1.4).exp() * smooth(9.0, 4.0, d2));
    });
}

/// How a stroke is laid on.
#[derive(Clone, Copy)]
pub enum Paint {
    Cover(Vec3, f32),
    Add(Vec3),
    /// As `Add`, with blunt ends: pieces of one line do not brighten where they meet.
    Trail(Vec3),
}

/// From `a` to `b`, thick `ra` at its start and `rb` at its end, with an edge `soft` wide.
pub fn stroke(canvas: &mut Canvas, a: (f32, f32), b: (f32, f32), (ra, rb): (f32, f32), soft: f32, paint: Paint) {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let length2 = (dx * dx + dy * dy).max(1e-9);
    let soft = soft.max(1.0 / canvas.frame.height as f32);
    let thick = ra.max(rb) + soft;
    let low = (a.0.min(b.0) - thick, a.1.min(b.1) - thick);
    let high = (a.0.max(b.0) + thick, a.1.max(b.1) + thick);
    each_inside(canvas, low, high, |px, py, light| {
        let along = ((px - a.0) * dx + (py - a.1) * dy) / length2;
        let t = along.clamp(0.0, 1.0);
        let d = ((px - a.0 - dx * t).powi(2) + (py - a.1 - dy * t).powi(2)).sqrt();
        let r = ra + (rb - ra) * t;
        let ink = smooth(r + soft * 0.5, r - soft * 0.5, d);
        match paint {
            Paint::Cover(colour, opacity) => *light = mix(*light, colour, ink * opacity),
            Paint::Add(colour) => *light += colour * ink,
            Paint::Trail(colour) if (0.0..1.0).contains(&along) => *light += colour * ink,
            Paint::Trail(_) => {}
        }
    });
}

fn each_near(canvas: &mut Canvas, (x, y): (f32, f32), reach: f32, change: impl FnMut(f32, f32, &mut Vec3)) {
    each_inside(canvas, (x - reach, y - reach), (x + reach, y + reach), change);
}

fn each_inside(canvas: &mut Canvas, low: (f32, f32), high: (f32, f32), mut change: impl FnMut(f32, f32, &mut Vec3)) {
    let frame = canvas.frame;
    let (left, bottom) = frame.pixel(low.0, low.1);
    let (right, top) = frame.pixel(high.0, high.1);
    let columns = (left.max(0.0) as usize)..(right.ceil().clamp(0.0, frame.width as f32) as usize);
    for row in (top.max(0.0) as usize)..(bottom.ceil().clamp(0.0, frame.height as f32) as usize) {
        for column in columns.clone() {
            let (px, py) = frame.point(column as f32 + 0.5, row as f32 + 0.5);
            change(px, py, &mut canvas.light[row * frame.width + column]);
        }
    }
}
