//! Files in a bucket: kept whole, given out right or not at all, whatever happens to the line.
mod bucket;
mod full;
mod moving;
mod small_disk;
mod troubles;
