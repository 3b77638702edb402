//! What the process needs before anything else runs.

/// Turns core dumps off, since they could hold keys, and asks WebKitGTK for the renderer that works
/// on every driver.
pub fn prepare() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let none = Rlimit { current: Some(0), maximum: Some(0) };
        if setrlimit(Resource::Core, none).is_err() {
            tracing::warn!("core dumps could not be turned off");
        }
    }
    #[cfg(target_os = "linux")]
    if std::env::var_os("WEBKIT_DISABLE_DMABUF_RENDERER").is_none() {
        #[expect(unsafe_code, clippy::disallowed_methods, reason = "no thread has started yet")]
        unsafe {
            std::env::set_var("WEBKIT_DISABLE_DMABUF_RENDERER", "1");
        }
    }
}

/// Whether Rundown was started to stay in the tray, as at login.
pub fn is_hidden_start() -> bool {
    std::env::args().any(|argument| argument == "--hidden")
}
