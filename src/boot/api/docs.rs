//! The description as a file, and as a page on which it can be tried out. Everything comes from inside the program.
use super::document;
use crate::platform::rest::Refusal;
use axum::{
    extract::Path,
    http::{HeaderValue, header},
    response::{Html, IntoResponse, Response},
};
use std::sync::{Arc, LazyLock};
use utoipa_swagger_ui::{Config, serve};

const ADDRESS: &str = "/api/v1/openapi.json";

static DOCUMENT: LazyLock<String> = LazyLock::new(|| document::document().to_json().unwrap_or_default());

pub async fn document() -> Response {
    ([(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "public, no-cache")], DOCUMENT.as_str()).into_response()
}

/// No line of script or style stands in it, so that the site's strict policy holds here too.
pub async fn page() -> Html<&'static str> {
    Html(
        r#"<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>PhotoVault API</title>
<link rel="stylesheet" href="/api/docs/swagger-ui.css">
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
</head>
<body>
<div id="swagger-ui"></div>
<noscript>The description of this API is at <a href="/api/v1/openapi.json">/api/v1/openapi.json</a>.</noscript>
<script src="/api/docs/swagger-ui-bundle.js"></script>
<script src="/api/docs/swagger-ui-standalone-preset.js"></script>
<script src="/api/docs/swagger-initializer.js"></script>
</body>
</html>"#,
    )
}

pub async fn file(Path(name): Path<String>) -> Response {
    // without the bar at the top, whose drawing would need a style of its own
    let config = Arc::new(Config::from(ADDRESS).use_base_layout());
    match serve(&name, config) {
        Ok(Some(file)) => {
            let kind = HeaderValue::from_str(&file.content_type).unwrap_or(HeaderValue::from_static("application/octet-stream"));
            ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"))], file.bytes.to_vec())
                .into_response()
        }
        _ => Refusal::not_found().into_response(),
    }
}
