mod checkout;
mod crowds;
mod overview;
mod payment;
mod privacy;
mod purging;
mod sandbox;
mod sums;
