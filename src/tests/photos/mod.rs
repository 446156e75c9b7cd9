pub mod given;
mod intake;
mod integrity;
mod order;
mod preparing;
mod watermark;
