//! The dashboard's files, embedded. Every view has an address of its own, which is answered with the one page.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use include_dir::{Dir, include_dir};

use super::http::answer::{Packed, packed_response};
use super::http::problem::Problem;
use super::http::route::Reply;

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../web/dist");

/// The files by path, packed once.
static PACKED: LazyLock<BTreeMap<String, Packed>> = LazyLock::new(|| {
    let mut open = vec![&FILES];
    let mut packed = BTreeMap::new();
    while let Some(folder) = open.pop() {
        open.extend(folder.dirs());
        for file in folder.files() {
            let Some(path) = file.path().to_str() else { continue };
            let body = file.contents().into();
            let reply = Reply { status: StatusCode::OK, content_type: content_type(path), body };
            packed.insert(format!("/{}", path.replace('\\', "/")), Packed::new(reply));
        }
    }
    packed
});

/// The file at a path, or the page where a view has that address.
///
/// # Errors
/// Where there is no file of that name and no view can have it.
pub fn file(path: &str, asked: &HeaderMap) -> Result<Response, Problem> {
    let is_asset = path.starts_with("/assets/");
    let found = PACKED.get(path).or_else(|| if is_asset { None } else { PACKED.get("/index.html") });
    let packed = found.ok_or_else(|| {
        Problem::new(StatusCode::NOT_FOUND, "no such file; the page may be of another version")
    })?;
    let mut response = packed_response(packed, asked);
    if is_asset {
        let forever = HeaderValue::from_static("public, max-age=31536000, immutable");
        response.headers_mut().insert(header::CACHE_CONTROL, forever);
    }
    Ok(response)
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or("") {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "geojson" | "map" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
