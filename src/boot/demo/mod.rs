//! The demo studio: people, galleries, photographs and orders, made through the same verbs that people use.
use crate::platform::Services;
use std::sync::Arc;

pub async fn fill(_services: &Arc<Services>) -> Result<(), String> {
    Err("the demo is not painted yet".into())
}
