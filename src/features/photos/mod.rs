//! Photographs: taking originals in, preparing variants, what the camera wrote, the watermark.
