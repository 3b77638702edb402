//! Opening web pages in the user's browser: the only addresses that are opened.

use tauri::AppHandle;
use tauri_plugin_opener::OpenerExt;

use crate::wire::Error;

/// Opens a web page; anything but http and https is refused.
pub fn open(handle: &AppHandle, url: &str) -> Result<(), Error> {
    if !(url.starts_with("https://") || url.starts_with("http://")) {
        return Err(Error::internal("Only web addresses are opened."));
    }
    handle.opener().open_url(url, None::<&str>).map_err(Error::internal)
}
