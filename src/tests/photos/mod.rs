pub mod given;
mod intake;
mod order;
mod preparing;
mod watermark;
