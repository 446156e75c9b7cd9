//! Ray marching through signed distances: where a ray lands, how the surface leans, what light reaches it.

use super::vec3::{Vec3, v3};

/// A camera. `zoom` is the focal length in picture heights.
pub struct Lens {
    pub from: Vec3,
    right: Vec3,
    up: Vec3,
    forward: Vec3,
    zoom: f32,
}

impl Lens {
    pub fn looking(from: Vec3, at: Vec3, zoom: f32) -> Self {
        let forward = (at - from).unit();
        let right = v3(0.0, 1.0, 0.0).cross(forward).unit();
        Self { from, right, up: forward.cross(right), forward, zoom }
    }

    /// The direction seen at a point of the frame.
    pub fn ray(&self, x: f32, y: f32) -> Vec3 {
        (self.right * x + self.up * (y - 0.5) + self.forward * self.zoom).unit()
    }
}

pub fn hit(from: Vec3, ray: Vec3, (near, far): (f32, f32), distance: &impl Fn(Vec3) -> f32) -> Option<f32> {
    let mut t = near;
    for _ in 0..80 {
        let d = distance(from + ray * t);
        if d < 0.0008 * t {
            return Some(t);
        }
        t += d * 0.92;
        if t > far {
            return None;
        }
    }
    Some(t)
}

pub fn normal(p: Vec3, e: f32, distance: &impl Fn(Vec3) -> f32) -> Vec3 {
    // Four corners of a tetrahedron instead of six steps along the axes (Inigo Quilez).
    let corners = [v3(1.0, -1.0, -1.0), v3(-1.0, -1.0, 1.0), v3(-1.0, 1.0, -1.0), v3(1.0, 1.0, 1.0)];
    let mut sum = Vec3::default();
    for corner in corners {
        sum += corner * distance(p + corner * e);
    }
    sum.unit()
}

/// 1 in full light, 0 in shadow; a large `hard` is a small lamp.
pub fn shadow(p: Vec3, towards: Vec3, hard: f32, reach: f32, distance: &impl Fn(Vec3) -> f32) -> f32 {
    let (mut open, mut t) = (1.0f32, 0.012);
    for _ in 0..30 {
        let d = distance(p + towards * t);
        open = open.min(0.5 + 0.5 * hard * d / t);
        if open <= 0.0 || t > reach {
            break;
        }
        t += d.clamp(0.014, reach * 0.16);
    }
    let open = open.clamp(0.0, 1.0);
    open * open * (3.0 - 2.0 * open)
}

/// 1 on an open plain, towards 0 in corners; `size` is how far neighbours matter.
pub fn openness(p: Vec3, normal: Vec3, size: f32, distance: &impl Fn(Vec3) -> f32) -> f32 {
    let (mut closed, mut weight) = (0.0, 1.0);
    for i in 1..=4 {
        let h = size * i as f32 * 0.25;
        closed += (h - distance(p + normal * h)).max(0.0) / size * weight;
        weight *= 0.72;
    }
    (1.0 - closed * 0.85).clamp(0.0, 1.0)
}
