//! Fetches the pictures of posts from wherever their service says they are.
//!
//! An address is a service's word, and whoever answers there is anyone: a request carries no key and
//! no cookie, goes over https, and to this computer only for a service that is on it itself. What
//! comes back is a picture if its first bytes say so, whatever it is called; SVG is none, since it can
//! hold scripts. Nothing is tried twice.

use std::sync::Arc;
use std::time::Duration;

use http::{Request, Response, header};
use rundown_core::PictureAddress;
use tokio::time::timeout;
use url::Url;

use crate::transport::{HttpTransport, Limits, Transport, TransportError, is_loopback};

#[cfg(test)]
mod tests;

/// Bytes of a picture at most.
const LARGEST: usize = 10 << 20;
/// Until the last byte has come, over all redirects.
const LONGEST: Duration = Duration::from_secs(20);
/// Redirects followed at most.
const REDIRECTS: usize = 5;

/// A picture, and what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Its media type, such as `image/png`.
    pub media_type: &'static str,
    /// Its file.
    pub bytes: Vec<u8>,
}

impl Picture {
    /// Takes bytes for a picture if they begin like one: PNG, JPEG, GIF or WebP.
    pub fn from_bytes(bytes: Vec<u8>) -> Option<Self> {
        let media_type = match bytes.as_slice() {
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => "image/png",
            [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => "image/gif",
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => "image/webp",
            _ => return None,
        };
        Some(Self { media_type, bytes })
    }
}

/// Why there is no picture.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// Nothing is asked at such an address.
    #[error("nothing is fetched from there")]
    BadAddress,
    /// There is no complete answer.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// It took too long, over all redirects.
    #[error("it took longer than {} s", LONGEST.as_secs())]
    TooSlow,
    /// The answer is no success.
    #[error("the answer was {0}")]
    Status(u16),
    /// The answer is no picture.
    #[error("what came is no picture")]
    NoPicture,
}

/// Fetches pictures through a transport of its own limits.
pub struct Pictures {
    transport: Arc<dyn Transport>,
}

impl Default for Pictures {
    /// Over the network.
    fn default() -> Self {
        let limits = Limits { total: LONGEST, body: LARGEST, ..Limits::default() };
        Self::new(Arc::new(HttpTransport::with_limits(limits)))
    }
}

impl Pictures {
    /// Through `transport`, which sets how large a picture may be.
    pub fn new(transport: Arc<dyn Transport>) -> Self {
        Self { transport }
    }

    /// Fetches a picture.
    ///
    /// # Errors
    /// [`PictureError`].
    pub async fn fetch(&self, address: &PictureAddress) -> Result<Picture, PictureError> {
        let url = Url::parse(&address.url).map_err(|_| PictureError::BadAddress)?;
        let source = Source { is_local: is_loopback(address.told_by.host()) };
        source.check(&url)?;
        timeout(LONGEST, self.follow(url, source)).await.map_err(|_| PictureError::TooSlow)?
    }

    async fn follow(&self, mut url: Url, source: Source) -> Result<Picture, PictureError> {
        for _ in 0..=REDIRECTS {
            let answer = self.transport.send(request(&url)?).await?;
            match redirect(&answer) {
                Some(to) => {
                    url = url.join(to).map_err(|_| PictureError::BadAddress)?;
                    source.check_redirect(&url)?;
                }
                None if answer.status().is_success() => {
                    return Picture::from_bytes(answer.into_body()).ok_or(PictureError::NoPicture);
                }
                None => return Err(PictureError::Status(answer.status().as_u16())),
            }
        }
        Err(PictureError::BadAddress)
    }
}

/// Who named an address: only a server on this computer may send us to this computer.
#[derive(Clone, Copy)]
struct Source {
    is_local: bool,
}

impl Source {
    fn check(self, url: &Url) -> Result<(), PictureError> {
        match url.scheme() {
            "http" if is_loopback(url.host()) => self.check_host(url),
            _ => self.check_redirect(url),
        }
    }

    fn check_redirect(self, url: &Url) -> Result<(), PictureError> {
        if url.scheme() == "https" { self.check_host(url) } else { Err(PictureError::BadAddress) }
    }

    fn check_host(self, url: &Url) -> Result<(), PictureError> {
        let names_a_user = !url.username().is_empty() || url.password().is_some();
        if names_a_user || url.host().is_none() || (is_loopback(url.host()) && !self.is_local) {
            return Err(PictureError::BadAddress);
        }
        Ok(())
    }
}

fn request(url: &Url) -> Result<Request<Vec<u8>>, PictureError> {
    Request::get(url.as_str())
        .header(header::ACCEPT, "image/png, image/jpeg, image/gif, image/webp")
        .body(Vec::new())
        .map_err(|_| PictureError::BadAddress)
}

fn redirect(answer: &Response<Vec<u8>>) -> Option<&str> {
    let is_redirect = matches!(answer.status().as_u16(), 301 | 302 | 303 | 307 | 308);
    let to = answer.headers().get(header::LOCATION).filter(|_| is_redirect)?;
    to.to_str().ok()
}
