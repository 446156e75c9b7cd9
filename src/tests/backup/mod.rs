//! What was saved comes back: every row and every file, into either engine, from the folder and from a bucket.
mod doctor;
mod restoring;
