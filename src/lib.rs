//! PhotoVault: one self-hosted program that carries a photographer's whole job on one record.
//!
//! ```text
//! shared  ←  ui  ←  features/*/ui  ←  app          what both halves know, and how pages are drawn
//! shared  ←  platform  ←  features/*/server  ←  boot  ←  main      the server: the outside world, the rules, the start
//! ```
//! Every page is HTML first; only islands are woken in the browser. A request walks: door (`boot`) → page or server
//! function (`features/*/api.rs`) → service verb (policy first, one transaction) → store.
#![recursion_limit = "256"]

pub mod app;
pub mod features;
pub mod paths;
pub mod shared;
pub mod ui;

#[cfg(feature = "ssr")]
pub mod boot;
#[cfg(feature = "ssr")]
pub mod platform;

/// Where the browser half begins: `start.js` calls this once, then wakes each island.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}
