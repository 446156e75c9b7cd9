//! The studio itself: its name and settings, the pages that everybody may read, the first run, messages from visitors.
