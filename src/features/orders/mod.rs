//! Orders: checkout, payment, the receipt, downloads of what was bought, and the studio's side of it.
