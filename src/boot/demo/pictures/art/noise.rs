//! Natural irregularity: value noise and its sums. All answers lie between 0 and 1, around one half.

fn mixed(mut h: u32) -> f32 {
    h = (h ^ (h >> 16)).wrapping_mul(0x7FEB_352D);
    h = (h ^ (h >> 15)).wrapping_mul(0x846C_A68B);
    (h ^ (h >> 16)) as f32 * (1.0 / 4_294_967_296.0)
}

/// The number that belongs to a cell of a grid.
pub fn cell(x: i32, y: i32, seed: u32) -> f32 {
    mixed((x as u32).wrapping_mul(0x9E37_79B1) ^ (y as u32).wrapping_mul(0x85EB_CA77) ^ seed.wrapping_mul(0xC2B2_AE3D))
}

fn ease(t: f32) -> f32 {
    t * t * t * (t * (t * 6.0 - 15.0) + 10.0)
}

/// `f32::floor` is a call into libm on plain x86-64, and noise spends most of a painting's time.
fn whole(x: f32) -> i32 {
    let cut = x as i32;
    cut - i32::from(x < cut as f32)
}

const LENGTH: usize = 4096;

/// Random numbers made while compiling; noise reads them instead of hashing every corner. The last repeats the first.
static SCATTER: [f32; LENGTH + 1] = scatter();

const fn scatter() -> [f32; LENGTH + 1] {
    let (mut table, mut i, mut h) = ([0.0; LENGTH + 1], 0, 0x9E37_79B9u32);
    while i < LENGTH {
        h ^= h << 13;
        h ^= h >> 17;
        h ^= h << 5;
        table[i] = (h >> 8) as f32 / 16_777_216.0;
        i += 1;
    }
    table[LENGTH] = table[0];
    table
}

/// Where in the table the numbers of row `y` begin.
#[inline]
fn row(y: i32, seed: u32) -> u32 {
    let h = (y as u32).wrapping_mul(0x9E37_79B1) ^ seed.wrapping_mul(0xC2B2_AE3D);
    let h = (h ^ (h >> 15)).wrapping_mul(0x846C_A68B);
    h ^ (h >> 13)
}

/// The numbers of two neighbouring columns, `t` of the way from one to the other.
#[inline]
fn between(row: u32, x: i32, t: f32) -> f32 {
    let at = row.wrapping_add(x as u32) as usize % LENGTH;
    SCATTER[at] + (SCATTER[at + 1] - SCATTER[at]) * t
}

#[inline]
pub fn value(x: f32, y: f32, seed: u32) -> f32 {
    let (ix, iy) = (whole(x), whole(y));
    let (tx, ty) = (ease(x - ix as f32), ease(y - iy as f32));
    let (low, high) = (between(row(iy, seed), ix, tx), between(row(iy.wrapping_add(1), seed), ix, tx));
    low + (high - low) * ty
}

/// A line of noise, for skylines.
pub fn line(x: f32, seed: u32) -> f32 {
    let i = whole(x);
    let t = ease(x - i as f32);
    between(row(0, seed), i, t)
}

pub fn lines(mut x: f32, seed: u32, octaves: u32) -> f32 {
    let (mut sum, mut weight, mut total) = (0.0, 0.5, 0.0);
    for octave in 0..octaves {
        sum += weight * line(x, seed.wrapping_add(octave * 131));
        total += weight;
        weight *= 0.5;
        x *= 2.03;
    }
    sum / total
}

/// Each octave is turned a little, so that the grid behind it never shows.
pub fn fbm(mut x: f32, mut y: f32, seed: u32, octaves: u32) -> f32 {
    let (mut sum, mut weight, mut total) = (0.0, 0.5, 0.0);
    for octave in 0..octaves {
        sum += weight * value(x, y, seed.wrapping_add(octave * 131));
        total += weight;
        weight *= 0.5;
        (x, y) = (1.62 * x - 1.21 * y + 3.1, 1.21 * x + 1.62 * y - 1.7);
    }
    sum / total
}

/// Sharp crests and round valleys, like eroded mountains.
pub fn ridged(mut x: f32, mut y: f32, seed: u32, octaves: u32) -> f32 {
    let (mut sum, mut weight, mut total, mut above) = (0.0, 0.5, 0.0, 1.0);
    for octave in 0..octaves {
        let crest = 1.0 - (2.0 * value(x, y, seed.wrapping_add(octave * 131)) - 1.0).abs();
        let crest = crest * crest;
        sum += weight * crest * above;
        total += weight;
        above = crest.clamp(0.15, 1.0);
        weight *= 0.5;
        (x, y) = (1.62 * x - 1.21 * y + 3.1, 1.21 * x + 1.62 * y - 1.7);
    }
    sum / total
}

/// fbm that is pushed about by another fbm: smoke, clouds, marble.
pub fn warped(x: f32, y: f32, seed: u32, octaves: u32, push: f32) -> f32 {
    let a = fbm(x + 1.7, y + 9.2, seed ^ 0x51, 3) - 0.5;
    let b = fbm(x + 8.3, y + 2.8, seed ^ 0xA7, 3) - 0.5;
    fbm(x + push * a, y + push * b, seed, octaves)
}

/// Noise on a solid: three slices that agree well enough for stone and skin of fruit.
pub fn solid(x: f32, y: f32, z: f32, seed: u32, octaves: u32) -> f32 {
    (fbm(x + z * 0.7, y - z * 0.4, seed, octaves) + fbm(y + x * 0.3, z - x * 0.6, seed ^ 0x3D, octaves)) * 0.5
}
