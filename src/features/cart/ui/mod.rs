mod cart_page;
mod cart_row;
mod line_words;

pub use cart_page::CartPage;
pub use line_words::LineWords;
