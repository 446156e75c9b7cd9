mod gallery_prices;
mod prices_page;
mod studio_prices;

pub use prices_page::PricesPage;
