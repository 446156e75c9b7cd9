//! Signed distances of simple bodies, and how bodies join. After Inigo Quilez' published formulas.

use super::vec3::{Vec3, v3};

pub fn sphere(p: Vec3, r: f32) -> f32 {
    p.length() - r
}

pub fn ellipsoid(p: Vec3, r: Vec3) -> f32 {
    let a = v3(p.x / r.x, p.y / r.y, p.z / r.z).length();
    let b = v3(p.x / (r.x * r.x), p.y / (r.y * r.y), p.z / (r.z * r.z)).length();
    if b < 1e-6 { -r.x.min(r.y).min(r.z) } else { a * (a - 1.0) / b }
}

pub fn block(p: Vec3, half: Vec3, round: f32) -> f32 {
    let q = v3(p.x.abs() - half.x + round, p.y.abs() - half.y + round, p.z.abs() - half.z + round);
    q.map(|v| v.max(0.0)).length() + q.x.max(q.y).max(q.z).min(0.0) - round
}

/// A ring lying flat.
pub fn ring(p: Vec3, radius: f32, thick: f32) -> f32 {
    let around = (p.x * p.x + p.z * p.z).sqrt() - radius;
    (around * around + p.y * p.y).sqrt() - thick
}

pub fn capsule(p: Vec3, a: Vec3, b: Vec3, ra: f32, rb: f32) -> f32 {
    let (pa, ba) = (p - a, b - a);
    let t = (pa.dot(ba) / ba.dot(ba)).clamp(0.0, 1.0);
    (pa - ba * t).length() - (ra + (rb - ra) * t)
}

/// An upright cylinder around the origin.
pub fn pillar(p: Vec3, radius: f32, half_height: f32, round: f32) -> f32 {
    let a = (p.x * p.x + p.z * p.z).sqrt() - radius + round;
    let b = p.y.abs() - half_height + round;
    (a.max(0.0).powi(2) + b.max(0.0).powi(2)).sqrt() + a.max(b).min(0.0) - round
}

/// Turned on a lathe: `points` are (radius, height) from bottom to top, joined by smooth curves.
/// The answer is a safe underestimate.
pub fn turned(p: Vec3, points: &[(f32, f32)]) -> f32 {
    let around = (p.x * p.x + p.z * p.z).sqrt();
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return f32::INFINITY };
    let y = p.y.clamp(first.1, last.1);
    let radius = outline(points, y);
    let (side, end) = (around - radius, (p.y - last.1).max(first.1 - p.y));
    if end > 0.0 { (side.max(0.0).powi(2) + end * end).sqrt() } else { (side * 0.7).max(end) }
}

/// The lathe's radius at height `y`.
pub fn outline(points: &[(f32, f32)], y: f32) -> f32 {
    for pair in points.windows(2) {
        let ((r0, y0), (r1, y1)) = (pair[0], pair[1]);
        if y <= y1 {
            let t = ((y - y0) / (y1 - y0)).clamp(0.0, 1.0);
            return r0 + (r1 - r0) * t * t * (3.0 - 2.0 * t);
        }
    }
    points.last().map_or(0.0, |p| p.0)
}

/// The union with a fillet of size `k`.
pub fn melt(a: f32, b: f32, k: f32) -> f32 {
    let h = (k - (a - b).abs()).max(0.0) / k;
    a.min(b) - h * h * k * 0.25
}

/// What is left of `a` after taking `b` away, with a fillet.
pub fn carve(a: f32, b: f32, k: f32) -> f32 {
    -melt(-a, b, k)
}

pub fn turn(p: Vec3, angle: f32) -> Vec3 {
    let (s, c) = angle.sin_cos();
    v3(c * p.x + s * p.z, p.y, c * p.z - s * p.x)
}

/// Leans towards x.
pub fn lean(p: Vec3, angle: f32) -> Vec3 {
    let (s, c) = angle.sin_cos();
    v3(c * p.x - s * p.y, s * p.x + c * p.y, p.z)
}

/// Nods towards z.
pub fn nod(p: Vec3, angle: f32) -> Vec3 {
    let (s, c) = angle.sin_cos();
    v3(p.x, c * p.y - s * p.z, s * p.y + c * p.z)
}
