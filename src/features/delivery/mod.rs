//! The rooms that clients walk through: my galleries, a gallery, one photograph.
