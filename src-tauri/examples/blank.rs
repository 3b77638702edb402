//! A window with an empty page, built as Rundown's is: what `cargo xtask bench` compares with.
#![allow(missing_docs)]

use std::{env, error::Error, path::PathBuf};

use tauri::http::{HeaderValue, Response, header::CONTENT_TYPE};
use tauri::{WebviewUrl, WebviewWindowBuilder};

/// A page that shows one colour. It comes over a protocol of the app's own, as Rundown's page does.
const PAGE: &[u8] =
    b"<!doctype html><meta charset=utf-8><title>Blank</title><style>html{background:#3a7}</style>";

fn main() -> Result<(), Box<dyn Error>> {
    prepare();
    let home = env::var_os("RUNDOWN_HOME").ok_or("RUNDOWN_HOME is not set")?;
    let webview = PathBuf::from(home).join("webview");
    tauri::Builder::default()
        .register_uri_scheme_protocol("blank", |_, _| {
            let mut page = Response::new(PAGE);
            page.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/html"));
            page
        })
        .setup(move |app| {
            let page = WebviewUrl::CustomProtocol("blank://localhost/".parse()?);
            WebviewWindowBuilder::new(app, "main", page)
                .title("Blank")
                .inner_size(1280.0, 820.0)
                .min_inner_size(760.0, 480.0)
                .data_directory(webview)
                .build()?;
            Ok(())
        })
        .run(tauri::generate_context!())?;
    Ok(())
}

/// What Rundown's `process::prepare` sets for the renderer.
fn prepare() {
    #[cfg(target_os = "linux")]
    if env::var_os("WEBKIT_DISABLE_DMABUF_RENDERER").is_none() {
        #[expect(unsafe_code, clippy::disallowed_methods, reason = "no thread has started yet")]
        unsafe {
            env::set_var("WEBKIT_DISABLE_DMABUF_RENDERER", "1");
        }
    }
}
