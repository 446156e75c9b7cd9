//! What is for sale: the price lists of the studio and of single galleries.
