mod checkout;
mod crowds;
mod overview;
mod payment;
mod privacy;
mod sandbox;
mod sums;
