//! What a person means to buy, now or later, on whatever device.
