//! The description is true: what it names is there, and what is there it names.
use super::client::Program;
use crate::support::worlds;
use axum::body::Body;
use photovault::boot::api::{document::document, endpoints};
use std::collections::{BTreeMap, BTreeSet};

const METHODS: &[&str] = &["get", "post", "put", "delete", "patch"];

/// Path without the slash at its end, and its methods.
fn documented() -> BTreeMap<String, BTreeSet<String>> {
    let json = serde_json::to_value(document()).unwrap();
    let paths = json["paths"].as_object().unwrap();
    paths
        .iter()
        .map(|(path, item)| {
            let methods = METHODS.iter().filter(|method| item.get(**method).is_some()).map(ToString::to_string).collect();
            (path.trim_end_matches('/').to_string(), methods)
        })
        .collect()
}

#[test]
fn every_route_is_described_and_nothing_else() {
    let mut routes = BTreeSet::new();
    for endpoint in endpoints() {
        routes.extend(endpoint.described.1.paths.into_keys());
        routes.extend(endpoint.also.into_iter().map(str::to_string));
    }
    assert_eq!(documented().into_keys().collect::<BTreeSet<_>>(), routes);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_server_takes_the_methods_that_the_description_names() {
    for world in worlds().await {
        let program = Program::new(&world);
        for (path, methods) in documented() {
            let path = path.replace("{id}", "00000000-0000-7000-8000-000000000000").replace("{number}", "PV-2026-000001");
            for method in METHODS {
                let answer = program.send(program.request(&method.to_uppercase(), &path).body(Body::empty()).unwrap()).await;
                assert_eq!(answer.status != 405, methods.contains(*method), "{method} {path}: {}", answer.status);
                assert!(answer.status != 404 && answer.status < 500, "{method} {path}: {}", answer.status);
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_description_and_its_page_come_from_inside_and_need_no_foreign_script() {
    for world in worlds().await {
        let program = Program::new(&world);
        let json = program.get("/api/v1/openapi.json").await;
        assert_eq!((json.status, json.body["openapi"].as_str().unwrap().starts_with("3.1")), (200, true));
        let operations: Vec<_> =
            json.body["paths"].as_object().unwrap().values().flat_map(|item| item.as_object().unwrap().values()).collect();
        let ids: BTreeSet<_> = operations.iter().map(|operation| operation["operationId"].as_str().unwrap()).collect();
        assert_eq!(ids.len(), operations.len(), "each operation has a name of its own");
        for path in ["/api/docs", "/api/docs/"] {
            let page = program.get(path).await;
            let text = page.body.as_str().unwrap();
            assert_eq!(page.status, 200);
            assert!(!text.contains("http") && !text.contains("<style") && !text.contains("<script>"), "everything is a file of ours");
            for file in text.split('"').filter(|word| word.starts_with("/api/docs/")) {
                assert_eq!(program.get(file).await.status, 200, "{file}");
            }
        }
        assert!(program.get("/api/docs/swagger-initializer.js").await.body.to_string().contains("/api/v1/openapi.json"));
        assert_eq!(program.get("/api/docs/nothing.js").await.status, 404);
    }
}

#[test]
fn the_headers_that_programs_go_by_are_described() {
    let json = serde_json::to_value(document()).unwrap();
    let headers = |path: &str, method: &str, status: &str| {
        let all = json["paths"][path][method]["responses"][status]["headers"].as_object().unwrap();
        all.keys().cloned().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(headers("/api/v1/orders", "get", "200"), "ETag Link");
    assert_eq!(headers("/api/v1/me", "get", "304"), "ETag");
    assert_eq!(headers("/api/images/upload/", "post", "201"), "Idempotent-Replayed Location");
    assert_eq!(headers("/api/v1/images", "post", "507"), "Retry-After X-Request-Id");
    // what a form cannot do without, although its reader lets it be missing for a moment
    let form = &json["components"]["schemas"]["SignUp"];
    assert_eq!(form["required"], serde_json::json!(["email", "password", "password2"]));
    assert_eq!(form["properties"]["password"]["type"], "string");
}
