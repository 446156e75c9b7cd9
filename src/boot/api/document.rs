//! The API's description in OpenAPI 3.1, made from the same list as its routes.
use super::endpoints;
use crate::platform::rest::{Detail, Endpoint, FieldProblems, Problem};
use std::collections::BTreeMap;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        Components, Content, Info, OpenApi, OpenApiBuilder, PathItem, Paths, Ref, RefOr, ResponseBuilder, Schema,
        header::Header,
        path::Operation,
        schema::{ObjectBuilder, Type},
        security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme},
        tag::TagBuilder,
    },
};

const ABOUT: &str = "Programs use the studio with the same rights as the people who run them.\n\n\
Get tokens from `/api/v1/auth/login`, or make one for your program on your profile page, and send it as \
`Authorization: Bearer …`. Every address is answered with and without a slash at its end.\n\n\
Errors have one shape: `{\"detail\": \"…\"}`, or `{\"field\": [\"…\"]}` when they are about what was sent. Each answer \
has an `X-Request-Id`. Lists are plain arrays; the next piece of one is at the address in `Link: <…>; rel=\"next\"`. \
Reads have an `ETag`. A POST that makes an order, a payment or an upload takes an `Idempotency-Key`: sent again with \
the same key it is answered again and not done again.";

pub fn document() -> OpenApi {
    let mut paths = Paths::new();
    let mut schemas: BTreeMap<String, RefOr<Schema>> = BTreeMap::new();
    for endpoint in endpoints() {
        describe(endpoint, &mut paths, &mut schemas);
    }
    for (name, schema) in
        [(Detail::name(), Detail::schema()), (FieldProblems::name(), FieldProblems::schema()), (Problem::name(), Problem::schema())]
    {
        schemas.insert(name.into_owned(), schema);
    }
    let mut components = Components::new();
    components.schemas.extend(schemas);
    let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT, or a token of your own").build();
    components.add_security_scheme("bearer", SecurityScheme::Http(scheme));
    let tag = |name: &str, about: &str| TagBuilder::new().name(name).description(Some(about)).build();
    OpenApiBuilder::new()
        .info(Info::builder().title("PhotoVault").version("1").description(Some(ABOUT)).build())
        .paths(paths)
        .components(Some(components))
        .tags(Some([
            tag("auth", "Signing up and in, and who one is"),
            tag("images", "Images that a person keeps here; nobody else sees them"),
            tag("photos", "The studio's photographs, as far as one may see them"),
            tag("orders", "Orders"),
            tag("payments", "Payments"),
        ]))
        .build()
}

fn describe(endpoint: Endpoint, paths: &mut Paths, schemas: &mut BTreeMap<String, RefOr<Schema>>) {
    let (types, described, _) = endpoint.described;
    schemas.extend(types);
    for (path, mut item) in described.paths {
        for operation in operations(&mut item) {
            complete(operation, &path, endpoint.needs.is_some());
            if let Some(scope) = endpoint.needs {
                operation.security = Some(vec![SecurityRequirement::new::<_, [&str; 0], &str>("bearer", [])]);
                let about = operation.description.clone().unwrap_or_default();
                operation.description = Some(format!("{about}\n\nNeeds `{scope}`.").trim().to_string());
            }
        }
        for alias in &endpoint.also {
            let mut twin = item.clone();
            for operation in operations(&mut twin) {
                let name = operation.operation_id.clone().unwrap_or_default();
                let tail: String = alias.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
                operation.operation_id = Some(format!("{name}{tail}"));
                operation.description = Some(format!("The same as `{path}`."));
            }
            add(paths, format!("{alias}/"), twin);
        }
        add(paths, path, item);
    }
}

/// One address may come from several endpoints, a method each.
fn add(paths: &mut Paths, path: String, item: PathItem) {
    match paths.paths.get_mut(&path) {
        Some(there) => there.merge_operations(item),
        None => drop(paths.paths.insert(path, item)),
    }
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [&mut item.get, &mut item.post, &mut item.put, &mut item.delete].into_iter().filter_map(Option::as_mut)
}

/// What every operation can answer besides what it says itself.
fn complete(operation: &mut Operation, path: &str, needs_token: bool) {
    let reads = operation.request_body.is_none();
    let mut more = vec![
        ("400", "The request could not be read, or a field is wrong"),
        ("429", "Too many tries; `Retry-After` says how long to wait"),
        ("503", "Busy, or not set up yet; `Retry-After` says how long to wait"),
    ];
    if needs_token {
        more.extend([("401", "No token, or one that counts for nothing"), ("403", "The token or the person may not do this")]);
    } else {
        more.push(("401", "Not recognised"));
    }
    if needs_token || path.contains('{') {
        more.push(("404", "There is nothing here for you"));
    }
    if !reads {
        more.extend([
            ("409", "Things have changed meanwhile"),
            ("413", "Too large"),
            ("415", "A body of another kind than this takes"),
            ("507", "No room is left; `Retry-After` says when to try again"),
        ]);
    }
    more.push(("422", "The query asks for what there is not, or an `Idempotency-Key` was used for another request"));
    for (status, about) in more {
        let problem = Content::new(Some(RefOr::Ref(Ref::from_schema_name("Problem"))));
        let response = ResponseBuilder::new().description(about).content("application/json", problem).build();
        operation.responses.responses.entry(status.to_string()).or_insert_with(|| response.into());
        carries(operation, status, "X-Request-Id", "Names the request in the server's log");
        if about.contains("Retry-After") {
            carries(operation, status, "Retry-After", "Seconds to wait");
        }
    }
    if reads && operation.responses.responses.contains_key("200") {
        let same = ResponseBuilder::new().description("Still what `If-None-Match` names").build();
        operation.responses.responses.entry("304".into()).or_insert_with(|| same.into());
        for status in ["200", "304"] {
            carries(operation, status, "ETag", "For `If-None-Match`");
        }
    }
    if takes(operation, "cursor") {
        carries(operation, "200", "Link", "`<…>; rel=\"next\"`, while there is more: the address of the next piece");
    }
    if takes(operation, "Idempotency-Key") {
        for status in ["201", "207"] {
            carries(operation, status, "Idempotent-Replayed", "`true` beside an answer that was given before");
        }
    }
}

fn takes(operation: &Operation, parameter: &str) -> bool {
    operation.parameters.iter().flatten().any(|one| matches!(one, RefOr::T(one) if one.name == parameter))
}

/// Says that answers of this status may have such a header.
fn carries(operation: &mut Operation, status: &str, name: &str, about: &str) {
    if let Some(RefOr::T(response)) = operation.responses.responses.get_mut(status) {
        let mut header = Header::new(ObjectBuilder::new().schema_type(Type::String).build());
        header.description = Some(about.into());
        response.headers.entry(name.into()).or_insert(RefOr::T(header));
    }
}
