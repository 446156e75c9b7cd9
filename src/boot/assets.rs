//! The site's own files: scripts, styles, fonts, icons. From the built site's folder, or from inside the released binary.
use axum::{
    body::{Body, Bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header},
    middleware::Next,
};
#[cfg(not(feature = "embed"))]
use std::path::Path;
use std::{collections::HashMap, sync::Arc};

struct Asset {
    bytes: Bytes,
    kind: &'static str,
    encoding: Option<&'static str>,
    tag: HeaderValue,
}

/// All files of the site by address. Read once at the start: they are few and small.
pub struct Assets(HashMap<String, Vec<Asset>>);

impl Assets {
    #[cfg(not(feature = "embed"))]
    pub fn open(root: &str) -> Self {
        let mut files = vec![];
        gather(Path::new(root), Path::new(""), &mut files);
        if files.is_empty() {
            tracing::warn!(root, "the site's files are not there: pages will be plain");
        }
        Self::from_files(files.into_iter().map(|(name, bytes)| (name, Bytes::from(bytes))))
    }

    #[cfg(feature = "embed")]
    pub fn open(_root: &str) -> Self {
        #[derive(rust_embed::RustEmbed)]
        #[folder = "dist/site"]
        struct Site;
        Self::from_files(Site::iter().filter_map(|name| {
            let bytes = match Site::get(&name)?.data {
                std::borrow::Cow::Borrowed(bytes) => Bytes::from_static(bytes),
                std::borrow::Cow::Owned(bytes) => Bytes::from(bytes),
            };
            Some((name.into_owned(), bytes))
        }))
    }

    fn from_files(files: impl Iterator<Item = (String, Bytes)>) -> Self {
        let mut assets = HashMap::<String, Vec<Asset>>::new();
        for (name, bytes) in files {
            let (plain, encoding) = match name.strip_suffix(".br") {
                Some(plain) => (plain, Some("br")),
                None => name.strip_suffix(".gz").map_or((name.as_str(), None), |plain| (plain, Some("gzip"))),
            };
            let Ok(tag) = HeaderValue::from_str(&format!("\"{}\"", &blake3::hash(&bytes).to_hex()[..24])) else { continue };
            assets.entry(format!("/{plain}")).or_default().push(Asset { bytes, kind: kind_of(plain), encoding, tag });
        }
        Self(assets)
    }

    /// The best form of a file that the browser takes: brotli, gzip, plain.
    fn find(&self, path: &str, accepted: &str) -> Option<&Asset> {
        let forms = self.0.get(path)?;
        let takes = |encoding: &str| accepted.split(',').any(|part| part.trim().split(';').next() == Some(encoding));
        ["br", "gzip"]
            .iter()
            .filter(|e| takes(e))
            .find_map(|e| forms.iter().find(|f| f.encoding == Some(*e)))
            .or_else(|| forms.iter().find(|f| f.encoding.is_none()))
    }
}

#[cfg(not(feature = "embed"))]
fn gather(root: &Path, below: &Path, files: &mut Vec<(String, Vec<u8>)>) {
    for entry in std::fs::read_dir(root.join(below)).into_iter().flatten().flatten() {
        let name = below.join(entry.file_name());
        if entry.path().is_dir() {
            gather(root, &name, files);
        } else if let (Ok(bytes), Some(name)) = (std::fs::read(entry.path()), name.to_str()) {
            files.push((name.replace('\\', "/"), bytes));
        }
    }
}

fn kind_of(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "json" | "webmanifest" => "application/json",
        _ => "text/plain; charset=utf-8",
    }
}

/// Answers for the site's files; everything else goes on to the other doors.
pub async fn serve(State(assets): State<Arc<Assets>>, request: Request, next: Next) -> Response<Body> {
    let text = |headers: &HeaderMap, name| headers.get(name).and_then(|v: &HeaderValue| v.to_str().ok()).unwrap_or_default().to_string();
    let accepted = text(request.headers(), header::ACCEPT_ENCODING);
    let found = assets.find(request.uri().path(), &accepted).filter(|_| matches!(*request.method(), Method::GET | Method::HEAD));
    let Some(asset) = found else { return next.run(request).await };
    let known = text(request.headers(), header::IF_NONE_MATCH).split(',').any(|tag| tag.trim().as_bytes() == asset.tag.as_bytes());
    let mut response =
        Response::new(if known || request.method() == Method::HEAD { Body::empty() } else { Body::from(asset.bytes.clone()) });
    if known {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    }
    let headers = response.headers_mut();
    // fonts never change under their name; the rest is asked for again, which costs a 304
    let caching = if asset.kind == "font/woff2" { "public, max-age=31536000, immutable" } else { "public, no-cache" };
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    headers.insert(header::ETAG, asset.tag.clone());
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(encoding) = asset.encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}
