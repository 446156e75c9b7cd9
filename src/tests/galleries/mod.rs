mod running;
mod uploading;
