//! A face in profile against a bright painted backdrop: nearly a silhouette, with one lamp that draws its edge.
//! The outline is a drawn curve; how far a point lies inside it gives the relief that the light plays on.

use crate::boot::demo::pictures::art::{Canvas, Dice, Frame, Vec3, mix, noise, rgb, smooth, v3};

/// Forehead to chest, then the back and the hair: x forward, y up; the head is about 0.4 high.
const FACE: [(f32, f32); 44] = [
    (0.010, 0.300),
    (0.060, 0.288),
    (0.098, 0.258),
    (0.116, 0.222),
    (0.121, 0.190),
    (0.116, 0.168),
    (0.113, 0.156),
    (0.122, 0.140),
    (0.140, 0.112),
    (0.151, 0.096),
    (0.147, 0.084),
    (0.130, 0.078),
    (0.125, 0.070),
    (0.131, 0.058),
    (0.135, 0.050),
    (0.126, 0.043),
    (0.131, 0.036),
    (0.132, 0.026),
    (0.121, 0.016),
    (0.119, 0.006),
    (0.126, -0.008),
    (0.123, -0.026),
    (0.106, -0.040),
    (0.074, -0.045),
    (0.038, -0.046),
    (0.022, -0.062),
    (0.018, -0.100),
    (0.022, -0.140),
    (0.044, -0.172),
    (0.100, -0.205),
    (0.165, -0.245),
    (0.215, -0.300),
    (0.250, -0.420),
    (0.270, -0.700),
    (-0.420, -0.700),
    (-0.385, -0.420),
    (-0.325, -0.300),
    (-0.230, -0.235),
    (-0.140, -0.190),
    (-0.105, -0.140),
    (-0.112, -0.080),
    (-0.150, -0.020),
    (-0.182, 0.060),
    (-0.178, 0.150),
];
const CROWN: [(f32, f32); 4] = [(-0.150, 0.230), (-0.105, 0.283), (-0.055, 0.305), (-0.020, 0.307)];

/// Behind the neck the outline follows the hair, which is tied in a low knot.
const KNOT: [(f32, f32); 5] = [(-0.195, 0.02), (-0.262, 0.035), (-0.285, 0.085), (-0.255, 0.130), (-0.195, 0.135)];

pub fn paint(dice: &mut Dice, frame: Frame) -> Canvas {
    let side = dice.side();
    let scale = if frame.aspect() < 1.0 { 0.80 } else { 0.98 };
    let centre = (-side * 0.03, if frame.aspect() < 1.0 { 0.56 } else { 0.54 });
    let outline = curve();
    let field = dice.field();
    let backdrops =
        [(rgb(0x6E6A62), rgb(0x1F1E1C)), (rgb(0x6F6A4C), rgb(0x1D1C13)), (rgb(0x7A5E46), rgb(0x21170F)), (rgb(0x5A666C), rgb(0x14181A))];
    let (pale, dim) = dice.pick(&backdrops);
    let skin = dice.pick(&[rgb(0xD9A583), rgb(0xB07B58), rgb(0x7C4F38), rgb(0xE3B79A)]);
    let hair = dice.pick(&[rgb(0x1E1511), rgb(0x3A2416), rgb(0x5E3B1E), rgb(0x120F10)]);
    let cloth = dice.pick(&[rgb(0x1B1D22), rgb(0x4A1E1E), rgb(0x2A3028), rgb(0x8C8478)]);
    // The inside depth, found once on a coarse grid: it is smooth.
    let coarse = Frame { width: frame.width / 3, height: frame.height / 3 };
    let depth = Canvas::paint(coarse, |x, y| v3(inside(&outline, ((x - centre.0) * side / scale, (y - centre.1) / scale)), 0.0, 0.0));
    let relief = Canvas::paint(coarse, |x, y| v3(height(depth.at(x, y).x), 0.0, 0.0)).blurred(0.0035);
    let behind = (side * 0.16, centre.1 + 0.05);
    let canvas = Canvas::paint_smooth(frame, |x, y| {
        let d = ((x - behind.0).powi(2) + (y - behind.1).powi(2)).sqrt();
        let brush = 0.8 + 0.4 * noise::warped(x * 2.4, y * 2.0, field, 5, 1.8);
        let backdrop = mix(pale, dim, smooth(0.02, 0.62, d)) * (brush * 1.9);
        let inward = depth.at(x, y).x * scale;
        if inward < -0.004 {
            return backdrop;
        }
        let (px, py) = ((x - centre.0) * side / scale, (y - centre.1) / scale);
        let e = 0.004;
        let slope = (relief.at(x + e, y).x - relief.at(x - e, y).x, relief.at(x, y + e).x - relief.at(x, y - e).x);
        let n = v3(-slope.0 / (2.0 * e) * side, -slope.1 / (2.0 * e), 1.0).unit();
        let body = lit(n, (px, py), field, [skin, hair, cloth], inward);
        mix(backdrop, body, smooth(-0.0008, 0.0012, inward))
    });
    let soft = canvas.blurred(0.006);
    let mut result = canvas;
    result.repaint(|x, y, sharp| {
        let (px, py) = ((x - centre.0) * side / scale, (y - centre.1) / scale);
        mix(sharp, soft.at(x, y), smooth(-0.02, -0.35, py) * 0.8 + smooth(0.02, -0.2, px) * 0.5)
    });
    result
}

/// In the head's own direction: x is where the face looks.
fn lit(n: Vec3, (x, y): (f32, f32), field: u32, [skin, hair, cloth]: [Vec3; 3], inward: f32) -> Vec3 {
    let key = v3(0.93, 0.34, 0.10).unit();
    let rim = v3(-0.9, 0.35, -0.05).unit();
    // The hairline runs from the brow over the temple and behind the ear to the nape.
    let wisp = (noise::fbm(x * 26.0, y * 26.0, field, 4) - 0.5) * 0.03;
    let line = 0.075 - 0.55 * (y - 0.262).max(0.0) - smooth(0.21, 0.02, y) * 0.105 - smooth(0.02, -0.06, y) * 0.05;
    let is_hair = smooth(line + 0.008, line - 0.012, x + wisp) * smooth(-0.085, -0.055, y + wisp - (x + 0.1) * 0.25);
    let is_cloth = smooth(-0.005, 0.005, -0.228 - 0.28 * x.abs() * 0.6 - y + 0.02 * noise::lines(x * 6.0, field, 3) + 0.06);
    let strands =
        noise::fbm((x * 0.55 + y * 0.9) * 60.0 + noise::fbm(x * 6.0, y * 6.0, field, 2) * 12.0, (x - y * 0.5) * 6.0, field ^ 3, 4);
    let facing = n.dot(key);
    // The lamp stands a little behind the sitter: it reaches the brow, the nose and the lips, and not the cheek.
    let reach = smooth(0.05, 0.004, inward) + 0.10 * smooth(0.12, 0.03, inward);
    let light = v3(2.9, 2.4, 1.85) * (smooth(0.0, 0.75, facing) * reach);
    let back = v3(0.75, 0.85, 1.0) * (n.dot(rim).max(0.0).powi(2) * 0.55 * smooth(0.05, 0.004, inward));
    let room = v3(0.035, 0.032, 0.032) * (1.0 + smooth(0.15, 0.02, inward));
    let pores = 0.95 + 0.10 * noise::fbm(x * 130.0, y * 130.0, field, 2);
    let warm = smooth(-0.2, 0.2, facing) * smooth(0.6, 0.15, facing);
    let mut flesh = skin.tint(light + back + room) * pores + skin.tint(v3(0.06, 0.012, 0.004)) * warm;
    // Shadows that make the relief a face: the eye's hollow, the nostril, the line of the lips, the jaw.
    let mark = |cx: f32, cy: f32, rx: f32, ry: f32| (-((x - cx) / rx).powi(2) - ((y - cy) / ry).powi(2)).exp();
    flesh = flesh
        * (1.0 - 0.55 * mark(0.084, 0.150, 0.024, 0.013))
        * (1.0 - 0.35 * mark(0.121, 0.083, 0.009, 0.005))
        * (1.0 - 0.28 * mark(0.112, 0.043, 0.018, 0.0035));
    flesh = flesh * (1.0 - 0.5 * mark(0.082, 0.152, 0.016, 0.0035)) * (1.0 - 0.45 * mark(0.09, 0.182, 0.026, 0.0045));
    flesh = flesh * (1.0 - 0.6 * mark(0.0, -0.085, 0.07, 0.035));
    flesh = mix(flesh, flesh.tint(v3(1.0, 0.8, 0.78)), mark(0.122, 0.042, 0.02, 0.016) * 0.8);
    let sheen = n.dot((key + v3(0.0, 0.0, 1.0)).unit()).max(0.0).powi(16) * (0.3 + strands) * 0.16;
    let locks = hair.tint(light * 0.8 + back * 1.5 + room * 1.3) * (0.5 + strands) + v3(1.0, 0.82, 0.6) * sheen;
    let weave = 0.85 + 0.3 * noise::fbm(x * 40.0, y * 40.0, field ^ 6, 3);
    let dress = cloth.tint(light * 0.8 + back + room) * weave;
    mix(mix(flesh, locks, is_hair), dress, is_cloth)
}

/// Relief from depth: steep at the rim, then a calm plateau.
fn height(inward: f32) -> f32 {
    let t = (inward / 0.13).clamp(0.0, 1.0);
    0.15 * (1.0 - (1.0 - t).powi(2)).max(0.0).sqrt()
}

/// Catmull-Rom through the drawn points, five steps each.
fn curve() -> Vec<(f32, f32)> {
    let mut points = FACE.to_vec();
    points.truncate(42);
    points.extend(KNOT);
    points.push((-0.178, 0.165));
    points.extend(CROWN);
    let n = points.len();
    let mut line = Vec::with_capacity(n * 5);
    for i in 0..n {
        let p = |k: usize| points[(i + n + k - 1) % n];
        let (a, b, c, d) = (p(0), p(1), p(2), p(3));
        for step in 0..5 {
            let t = step as f32 / 5.0;
            let spline = |a: f32, b: f32, c: f32, d: f32| {
                b + 0.5 * t * (c - a + t * (2.0 * a - 5.0 * b + 4.0 * c - d + t * (3.0 * (b - c) + d - a)))
            };
            line.push((spline(a.0, b.0, c.0, d.0), spline(a.1, b.1, c.1, d.1)));
        }
    }
    line
}

/// Distance to the outline, above 0 inside.
fn inside(outline: &[(f32, f32)], (x, y): (f32, f32)) -> f32 {
    let (mut nearest, mut within) = (f32::INFINITY, false);
    let Some(&last) = outline.last() else { return -1.0 };
    let mut a = last;
    for &b in outline {
        let (ex, ey, wx, wy) = (b.0 - a.0, b.1 - a.1, x - a.0, y - a.1);
        let t = ((wx * ex + wy * ey) / (ex * ex + ey * ey).max(1e-9)).clamp(0.0, 1.0);
        nearest = nearest.min((wx - ex * t).powi(2) + (wy - ey * t).powi(2));
        if (a.1 > y) != (b.1 > y) && x < (b.0 - a.0) * (y - a.1) / (b.1 - a.1) + a.0 {
            within = !within;
        }
        a = b;
    }
    if within { nearest.sqrt() } else { -nearest.sqrt() }
}
