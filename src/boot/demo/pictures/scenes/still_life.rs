//! Still lifes by a window on the left: fruit, bottles and bowls on a table, as the Dutch masters lit them.

use super::props::{Prop, Stuff};
use crate::boot::demo::pictures::art::march::{self, Lens};
use crate::boot::demo::pictures::art::{Canvas, Dice, Frame, Vec3, mix, noise, rgb, smooth, v3};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    Pears,
    Lemons,
    Bottle,
    BowlOfFruit,
    Eggs,
    Jug,
    Rings,
}

struct Stage {
    props: Vec<Prop>,
    linen: bool,
    field: u32,
    wall: (Vec3, Vec3),
    board: Vec3,
    key: Vec3,
    key_light: Vec3,
    sky_light: Vec3,
    folds: Vec<f32>,
}

/// The cloth's folds are worked out once, on a grid this fine, over x from -3 and z from -2.4.
const GRID: usize = 220;
const GRID_STEP: f32 = 6.0 / GRID as f32;

/// What a ray meets: a prop, the table or the wall.
const TABLE: usize = usize::MAX;
const WALL_Z: f32 = 2.6;

pub fn paint(dice: &mut Dice, frame: Frame, table: Table) -> Canvas {
    let bright = matches!(table, Table::Rings | Table::Eggs);
    let walls =
        [(rgb(0x5B5143), rgb(0x15130F)), (rgb(0x4C5450), rgb(0x121515)), (rgb(0x6A5238), rgb(0x17110C)), (rgb(0x565A61), rgb(0x131417))];
    let pale = [(rgb(0xCFC6B8), rgb(0x8E8578)), (rgb(0xC4C8C6), rgb(0x7F8583))];
    let mut stage = Stage {
        folds: Vec::new(),
        props: super::props::arrange(dice, table, frame.aspect()),
        linen: matches!(table, Table::Lemons | Table::Rings | Table::Eggs) || dice.chance(0.3),
        field: dice.field(),
        wall: if bright { dice.pick(&pale) } else { dice.pick(&walls) },
        board: dice.pick(&[rgb(0x55453A), rgb(0x463B33), rgb(0x655A4E)]),
        key: v3(-0.78, 0.56, -0.34).unit(),
        key_light: if bright { v3(1.7, 1.56, 1.38) } else { v3(2.15, 1.85, 1.45) },
        sky_light: if bright { v3(0.27, 0.29, 0.33) } else { v3(0.075, 0.085, 0.105) },
    };
    if stage.linen {
        stage.folds =
            (0..GRID * GRID).map(|i| stage.fold((i % GRID) as f32 * GRID_STEP - 3.0, (i / GRID) as f32 * GRID_STEP - 2.4)).collect();
    }
    let (from, at, zoom) = match table {
        Table::Rings => (v3(0.0, 0.62, -1.05), v3(0.0, 0.03, 0.02), 3.1),
        _ if frame.aspect() < 1.0 => (v3(0.0, 0.62, -3.4), v3(0.0, 0.40, 0.0), 2.55),
        _ => (v3(0.0, 0.66, -3.1), v3(0.0, 0.29, 0.0), 2.75),
    };
    let lens = Lens::looking(from, at, zoom);
    let canvas = Canvas::paint_smooth(frame, |x, y| stage.seen(&lens, lens.ray(x, y), x));
    with_depth_of_field(canvas, &lens, &stage, (at - from).length())
}

/// What lies behind the focus becomes soft; the table's front edge too.
fn with_depth_of_field(canvas: Canvas, lens: &Lens, stage: &Stage, focus: f32) -> Canvas {
    let (soft, softer) = (canvas.blurred(0.0022), canvas.blurred(0.007));
    let coarse = Frame { width: canvas.frame.width / 4, height: canvas.frame.height / 4 };
    let blur = Canvas::paint(coarse, |x, y| {
        let ray = lens.ray(x, y);
        let t = stage.meet(lens.from, ray).map_or(9.0, |hit| hit.0);
        let away = (t - focus * 0.985).abs() / focus;
        v3(smooth(0.10, 0.42, away), 0.0, 0.0)
    });
    let mut result = canvas.clone();
    result.repaint(|x, y, sharp| {
        let b = blur.at(x, y).x * 2.0;
        if b < 1.0 { mix(sharp, soft.at(x, y), b) } else { mix(soft.at(x, y), softer.at(x, y), b - 1.0) }
    });
    result
}

impl Stage {
    fn table_height(&self, x: f32, z: f32) -> f32 {
        if self.folds.is_empty() {
            return 0.0;
        }
        let u = ((x + 3.0) / GRID_STEP).clamp(1.0, GRID as f32 - 2.0);
        let v = ((z + 2.4) / GRID_STEP).clamp(1.0, GRID as f32 - 2.0);
        let (i, j) = ((u + 0.5) as usize, (v + 0.5) as usize);
        // A quadratic spline: straight interpolation would show the grid as stripes in the light.
        let weights = |t: f32| [0.5 * (0.5 - t).powi(2), 0.75 - t * t, 0.5 * (0.5 + t).powi(2)];
        let (wu, wv) = (weights(u - i as f32), weights(v - j as f32));
        (0..3).map(|b| (0..3).map(|a| self.folds[(j + b - 1) * GRID + i + a - 1] * wu[a]).sum::<f32>() * wv[b]).sum()
    }

    fn fold(&self, x: f32, z: f32) -> f32 {
        let fold = noise::warped(x * 0.9 + z * 0.35, z * 0.55 - x * 0.2, self.field, 3, 1.6);
        let crease = 1.0 - (2.0 * fold - 1.0).abs();
        let calm = self
            .props
            .iter()
            .map(|p| smooth(p.size * 2.6, p.size * 0.9, ((x - p.at.x).powi(2) + (z - p.at.z).powi(2)).sqrt()))
            .fold(0.0f32, f32::max);
        (crease * crease * 0.11 - 0.05) * (1.0 - calm) - 0.004 * calm
    }

    fn distance(&self, p: Vec3) -> f32 {
        let mut near = if p.y < 0.2 { (p.y - self.table_height(p.x, p.z)) * if self.linen { 0.75 } else { 1.0 } } else { p.y - 0.08 };
        for prop in &self.props {
            near = near.min(prop.distance(p));
        }
        near
    }

    fn thing_at(&self, p: Vec3) -> usize {
        let (mut best, mut which) = (p.y - self.table_height(p.x, p.z), TABLE);
        for (i, prop) in self.props.iter().enumerate() {
            let d = prop.distance(p);
            if d < best {
                (best, which) = (d, i);
            }
        }
        which
    }

    fn meet(&self, from: Vec3, ray: Vec3) -> Option<(f32, Vec3)> {
        let far = if ray.z > 0.01 { (WALL_Z - from.z) / ray.z } else { 12.0 };
        march::hit(from, ray, (0.2, far.min(12.0)), &|p| self.distance(p)).map(|t| (t, from + ray * t))
    }

    fn wall_light(&self, p: Vec3, screen_x: f32) -> Vec3 {
        // The window lights the wall in a broad pool; plaster is never even.
        let pool = smooth(2.3, 0.0, ((p.x - 0.75).powi(2) * 0.8 + (p.y - 0.75).powi(2)).sqrt()) * (0.8 + 0.2 * screen_x);
        let plaster = 0.84
            + 0.32 * noise::warped(p.x * 1.1, p.y * 1.1, self.field ^ 5, 5, 1.4)
            + 0.05 * (noise::fbm(p.x * 24.0, p.y * 24.0, self.field, 2) - 0.5);
        mix(self.wall.1, self.wall.0, pool) * plaster * 0.8
    }

    fn seen(&self, lens: &Lens, ray: Vec3, screen_x: f32) -> Vec3 {
        let Some((t, p)) = self.meet(lens.from, ray) else {
            let t = (WALL_Z - lens.from.z) / ray.z.max(0.05);
            return self.wall_light(lens.from + ray * t, screen_x);
        };
        let which = self.thing_at(p);
        let distance = |q: Vec3| self.distance(q);
        let mut n = march::normal(p, 0.0012 * t, &distance);
        let shade = if n.dot(self.key) > -0.4 { march::shadow(p + n * 0.004, self.key, 5.0, 2.6, &distance) } else { 0.0 };
        let open = march::openness(p, n, 0.2, &distance);
        if which == TABLE {
            return self.table(p, n, ray, shade, open);
        }
        let prop = &self.props[which];
        let stuff = prop.stuff(p, self.field);
        n = (n + stuff.bump).unit();
        self.surface(&stuff, n, ray, shade, open, p)
    }

    fn table(&self, p: Vec3, n: Vec3, ray: Vec3, shade: f32, open: f32) -> Vec3 {
        let stuff = if self.linen {
            let weave = 0.5 + 0.5 * ((p.x * 420.0).sin() * (p.z * 420.0).sin());
            let tone = 0.93 + 0.05 * weave + 0.1 * (noise::fbm(p.x * 60.0, p.z * 9.0, self.field, 3) - 0.5);
            Stuff { colour: rgb(0xC9C1B4) * tone, gloss: 0.02, rough: 0.9, wrap: 0.25, metal: 0.0, bump: Vec3::default() }
        } else {
            let grain = noise::fbm(p.x * 2.2, p.z * 26.0 + noise::fbm(p.x * 1.2, p.z * 3.0, self.field, 3) * 3.0, self.field, 5);
            let board = noise::cell(((p.z + 5.0) * 2.6).floor() as i32, 3, self.field);
            let seam = smooth(0.0, 0.02, 0.5 - (((p.z + 5.0) * 2.6).fract() - 0.5).abs());
            Stuff {
                colour: self.board * ((0.45 + 0.9 * grain) * (0.85 + 0.3 * board) * (0.35 + 0.65 * seam)),
                gloss: 0.10,
                rough: 0.35,
                wrap: 0.0,
                metal: 0.0,
                bump: v3(0.0, 0.0, (grain - 0.5) * 0.06),
            }
        };
        self.surface(&stuff, (n + stuff.bump).unit(), ray, shade, open, p)
    }

    fn surface(&self, stuff: &Stuff, n: Vec3, ray: Vec3, shade: f32, open: f32, p: Vec3) -> Vec3 {
        let facing = n.dot(self.key);
        let diffuse = ((facing + stuff.wrap) / (1.0 + stuff.wrap)).max(0.0) * shade;
        // Light thrown back by the table, and the room's own dim light.
        let bounce = mix(self.board, rgb(0xCFC2AE), if self.linen { 1.0 } else { 0.0 }).tint(self.key_light)
            * (0.10 * (0.5 - 0.5 * n.y) * smooth(0.5, 0.0, p.y));
        let room = self.sky_light * (0.55 + 0.45 * n.y + 0.25 * (-n.x)) * open;
        let body = stuff.colour.tint(self.key_light * diffuse + room + bounce * open);
        let fresnel = 0.04 + 0.96 * (1.0 + ray.dot(n)).clamp(0.0, 1.0).powi(5);
        let mirrored = self.surroundings(ray.reflect(n), stuff.rough);
        let shine = mirrored * (stuff.gloss * (0.25 + fresnel * 2.0)) * (0.3 + 0.7 * open);
        let metal = mirrored.tint(stuff.colour) * (0.45 + 0.55 * open);
        mix(body + shine, metal, stuff.metal)
    }

    /// The room as a polished thing shows it: a tall window with a cross on the left, a pale card on the right, darkness.
    fn surroundings(&self, d: Vec3, rough: f32) -> Vec3 {
        let side = v3(0.34, 0.0, -0.78).unit();
        let up = self.key.cross(side).unit();
        let ahead = d.dot(self.key).max(0.001);
        let (u, v) = (d.dot(side) / ahead, d.dot(up) / ahead);
        let edge = 0.03 + rough * 0.45;
        let pane = smooth(0.42 + edge, 0.42 - edge, u.abs()) * smooth(0.6 + edge, 0.6 - edge, v.abs());
        let bars = 1.0 - (1.0 - rough).powi(3) * (1.0 - smooth(0.02, 0.05, u.abs()) * smooth(0.02, 0.05, (v - 0.1).abs())) * 0.8;
        let window = if d.dot(self.key) > 0.0 { self.key_light * (pane * bars * 2.2 * (1.0 - rough * 0.6)) } else { Vec3::default() };
        let card = self.sky_light * (2.2 * smooth(0.35, 0.95, d.x) + 0.7);
        let floor = mix(self.board, rgb(0xCFC2AE), if self.linen { 0.8 } else { 0.0 }) * (0.8 * smooth(0.1, -0.6, d.y));
        window + card + floor
    }
}
