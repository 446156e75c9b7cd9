mod checkout;
mod crowds;
mod payment;
mod privacy;
mod sums;
