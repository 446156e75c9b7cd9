//! What stands between a request and the rules: who may knock where, and what comes back.
mod api;
mod byways;
mod first_run;
mod forms;
mod functions;
mod house;
mod https;
mod money;
mod pages;
