//! A canvas holds linear light without an upper end; the film decides later what becomes white.
//! Its frame: x from the centre to both sides, y from 0 (bottom) to 1 (top), one unit is the picture's height.

use super::vec3::Vec3;

#[derive(Clone, Copy)]
pub struct Frame {
    pub width: usize,
    pub height: usize,
}

impl Frame {
    pub fn aspect(self) -> f32 {
        self.width as f32 / self.height as f32
    }
    pub fn half_width(self) -> f32 {
        self.aspect() / 2.0
    }
    /// Where pixel (column, row) lies; halves are pixel centres.
    pub fn point(self, column: f32, row: f32) -> (f32, f32) {
        let h = self.height as f32;
        ((column - self.width as f32 / 2.0) / h, 1.0 - row / h)
    }
    /// The pixel at a point, counted from the top left.
    pub fn pixel(self, x: f32, y: f32) -> (f32, f32) {
        let h = self.height as f32;
        (x * h + self.width as f32 / 2.0, (1.0 - y) * h)
    }
}

#[derive(Clone)]
pub struct Canvas {
    pub frame: Frame,
    pub light: Vec<Vec3>,
}

impl Canvas {
    pub fn paint(frame: Frame, colour: impl Fn(f32, f32) -> Vec3) -> Self {
        let mut light = Vec::with_capacity(frame.width * frame.height);
        for row in 0..frame.height {
            for column in 0..frame.width {
                let (x, y) = frame.point(column as f32 + 0.5, row as f32 + 0.5);
                light.push(colour(x, y));
            }
        }
        Self { frame, light }
    }

    /// As `paint`, then once more and finer where neighbours differ: edges without stairs.
    pub fn paint_smooth(frame: Frame, colour: impl Fn(f32, f32) -> Vec3) -> Self {
        let mut canvas = Self::paint(frame, &colour);
        let tone: Vec<f32> = canvas.light.iter().map(|c| c.luma().max(0.0).sqrt()).collect();
        let (w, h) = (frame.width, frame.height);
        for row in 1..h.saturating_sub(1) {
            for column in 1..w.saturating_sub(1) {
                let i = row * w + column;
                let near = [tone[i - 1], tone[i + 1], tone[i - w], tone[i + w]];
                if near.iter().all(|t| (t - tone[i]).abs() < 0.085) {
                    continue;
                }
                let mut sum = canvas.light[i].map(|c| c.min(4.0));
                for (dx, dy) in [(0.15, 0.3), (0.6, 0.1), (0.8, 0.85)] {
                    let (x, y) = frame.point(column as f32 + dx, row as f32 + dy);
                    sum += colour(x, y).map(|c| c.min(4.0));
                }
                canvas.light[i] = sum * 0.25;
            }
        }
        canvas
    }

    /// Changes every pixel, knowing where it is.
    pub fn repaint(&mut self, change: impl Fn(f32, f32, Vec3) -> Vec3) {
        let frame = self.frame;
        for (i, light) in self.light.iter_mut().enumerate() {
            let (x, y) = frame.point((i % frame.width) as f32 + 0.5, (i / frame.width) as f32 + 0.5);
            *light = change(x, y, *light);
        }
    }

    /// The light at a point, between pixels as well; the border continues outwards.
    pub fn at(&self, x: f32, y: f32) -> Vec3 {
        let (w, h) = (self.frame.width, self.frame.height);
        let (column, row) = self.frame.pixel(x, y);
        let column = (column - 0.5).clamp(0.0, (w - 1) as f32);
        let row = (row - 0.5).clamp(0.0, (h - 1) as f32);
        let (left, top) = (column as usize, row as usize);
        let (right, bottom) = ((left + 1).min(w - 1), (top + 1).min(h - 1));
        let (tx, ty) = (column - left as f32, row - top as f32);
        let upper = self.light[top * w + left] * (1.0 - tx) + self.light[top * w + right] * tx;
        let lower = self.light[bottom * w + left] * (1.0 - tx) + self.light[bottom * w + right] * tx;
        upper * (1.0 - ty) + lower * ty
    }

    /// Half the size, four pixels into one.
    pub fn halved(&self) -> Self {
        let (w, h) = (self.frame.width, self.frame.height);
        let frame = Frame { width: (w / 2).max(1), height: (h / 2).max(1) };
        let mut light = Vec::with_capacity(frame.width * frame.height);
        for row in 0..frame.height {
            for column in 0..frame.width {
                let (r, c) = (row * 2, column * 2);
                let (r2, c2) = ((r + 1).min(h - 1), (c + 1).min(w - 1));
                light.push((self.light[r * w + c] + self.light[r * w + c2] + self.light[r2 * w + c] + self.light[r2 * w + c2]) * 0.25);
            }
        }
        Self { frame, light }
    }

    /// A soft blur; the radius is in picture heights. Three box blurs look like a lens's Gaussian.
    pub fn blurred(&self, radius: f32) -> Self {
        let pixels = radius * self.frame.height as f32;
        if pixels > 14.0 {
            // A strong blur hides the pixels, so do it at half the size; `at` enlarges it again.
            let small = self.halved().blurred(radius);
            return Self::paint(self.frame, |x, y| small.at(x, y));
        }
        let reach = pixels.round() as usize;
        let mut result = self.clone();
        if reach == 0 {
            return result;
        }
        let (w, h) = (self.frame.width, self.frame.height);
        let mut lane = Vec::new();
        for _ in 0..3 {
            for row in 0..h {
                box_blur(&mut result.light, &mut lane, row * w, 1, w, reach);
            }
            for column in 0..w {
                box_blur(&mut result.light, &mut lane, column, w, h, reach);
            }
        }
        result
    }
}

/// Averages one row or column over `reach` neighbours on each side.
fn box_blur(light: &mut [Vec3], lane: &mut Vec<Vec3>, start: usize, step: usize, count: usize, reach: usize) {
    lane.clear();
    lane.extend((0..count).map(|i| light[start + i * step]));
    let last = count - 1;
    let share = 1.0 / (2 * reach + 1) as f32;
    let mut sum = lane[0] * (reach as f32 + 1.0);
    for i in 1..=reach {
        sum += lane[i.min(last)];
    }
    for i in 0..count {
        light[start + i * step] = sum * share;
        sum = sum + lane[(i + reach + 1).min(last)] - lane[i.saturating_sub(reach)];
    }
}
