//! The pictures of posts, at `media://localhost/<post>/<index>` (`http://media.localhost/…` on
//! Windows): the window names a post, never an address, so it can have nothing else fetched.

mod cache;

use std::path::PathBuf;
use std::sync::Arc;

use rundown_core::model::{AccountId, PostId};
use rundown_core::{App, PictureAddress};
use rundown_services::pictures::{self, Picture};
use tauri::http::{Method, Request, Response, StatusCode, header};
use tauri::{AppHandle, Manager, UriSchemeResponder};
use tokio::sync::Semaphore;

use self::cache::Cache;

/// What the addresses begin with; the window's policy allows pictures from it.
pub const SCHEME: &str = "media";

/// Pictures fetched at the same time.
const AT_ONCE: usize = 4;

/// Fetches pictures, and keeps them.
pub struct Pictures {
    source: pictures::Pictures,
    cache: Cache,
    turns: Semaphore,
}

impl Pictures {
    /// Pictures kept in `folder`.
    pub fn new(folder: PathBuf) -> Self {
        Self {
            source: pictures::Pictures::default(),
            cache: Cache::new(folder),
            turns: Semaphore::new(AT_ONCE),
        }
    }

    /// Removes what is kept of an account's pictures.
    pub fn forget(&self, account: &AccountId) {
        if let Err(error) = self.cache.forget(account) {
            tracing::warn!(%error, "the pictures of an account could not be removed");
        }
    }

    async fn picture(&self, address: &PictureAddress) -> Option<Picture> {
        let _turn = self.turns.acquire().await.ok()?;
        if let Some(kept) = self.cache.get(address) {
            return Some(kept);
        }
        match self.source.fetch(address).await {
            Ok(picture) => {
                if let Err(error) = self.cache.put(address, &picture) {
                    tracing::warn!(%error, "a picture could not be kept");
                }
                Some(picture)
            }
            Err(error) => {
                // The address stays out of the log: it may hold a token.
                tracing::debug!(%error, "a picture could not be fetched");
                None
            }
        }
    }
}

/// Answers the window's request for a picture.
pub fn answer(handle: &AppHandle, request: &Request<Vec<u8>>, responder: UriSchemeResponder) {
    let asked = (request.method() == Method::GET).then(|| parse(request.uri().path())).flatten();
    let handle = handle.clone();
    tauri::async_runtime::spawn(async move {
        let picture = match asked {
            Some((post, index)) => find(&handle, &post, index).await,
            None => None,
        };
        responder.respond(respond(picture));
    });
}

async fn find(handle: &AppHandle, post: &PostId, index: usize) -> Option<Picture> {
    let address = handle.try_state::<Arc<App>>()?.picture_address(post, index).ok()?;
    handle.try_state::<Pictures>()?.picture(&address).await
}

/// The post and the place that a path names.
fn parse(path: &str) -> Option<(PostId, usize)> {
    let (post, index) = path.strip_prefix('/')?.split_once('/')?;
    Some((PostId::from(post.to_owned()), index.parse().ok()?))
}

fn respond(picture: Option<Picture>) -> Response<Vec<u8>> {
    let Some(Picture { media_type, bytes }) = picture else {
        let mut nothing = Response::new(Vec::new());
        *nothing.status_mut() = StatusCode::NOT_FOUND;
        return nothing;
    };
    let mut answer = Response::new(bytes);
    let headers = [
        (header::CONTENT_TYPE, media_type),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // The same place may hold another picture once the post was changed.
        (header::CACHE_CONTROL, "no-store"),
    ];
    for (name, value) in headers {
        answer.headers_mut().insert(name, header::HeaderValue::from_static(value));
    }
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_names_a_post_and_a_place() {
        assert_eq!(parse("/0198-a/3"), Some((PostId::from("0198-a".to_owned()), 3)));
        for path in ["", "/", "/a", "/a/", "/a/b", "/a/-1", "/a/1/2", "a/1", "/a/1%2F"] {
            assert_eq!(parse(path), None, "{path}");
        }
    }

    #[test]
    fn the_windows_policy_allows_pictures_from_here_and_from_the_window_itself_alone() {
        let config: serde_json::Value =
            serde_json::from_str(include_str!("../tauri.conf.json")).unwrap();
        let policy = config["app"]["security"]["csp"].as_str().unwrap();
        let allowed = policy.split("; ").find_map(|rule| rule.strip_prefix("img-src ")).unwrap();
        assert_eq!(allowed, format!("'self' data: {SCHEME}: http://{SCHEME}.localhost"));
    }

    #[test]
    fn a_picture_is_served_as_what_it_is_and_what_is_none_as_nothing() {
        let picture = Picture::from_bytes(b"GIF89a and so on".to_vec());
        let answer = respond(picture);
        assert_eq!(answer.headers()[header::CONTENT_TYPE], "image/gif");
        assert_eq!(answer.headers()[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
        assert_eq!(respond(None).status(), StatusCode::NOT_FOUND);
    }
}
