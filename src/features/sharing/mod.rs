//! Who may see and have what: grants, entitlements, the one access decision, and every path that serves bytes.
