//! Pictures from those who serve something else, or more than anyone should take.

use std::future::pending;
use std::net::SocketAddr;

use async_trait::async_trait;
use rundown_core::model::AccountId;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::*;
use crate::scripted::{Scripted, text};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\nand so on";
const SERVICE: &str = "https://api.example/v1";
const LOCAL_SERVICE: &str = "http://127.0.0.1:4100/v1";

fn address(url: &str, told_by: &str) -> PictureAddress {
    PictureAddress {
        account: AccountId::generate(),
        url: url.to_owned(),
        told_by: told_by.parse().unwrap(),
    }
}

fn png() -> Response<Vec<u8>> {
    Response::builder().header("content-type", "text/plain").body(PNG.to_vec()).unwrap()
}

fn redirect_to(url: &str) -> Response<Vec<u8>> {
    Response::builder().status(302).header("location", url).body(Vec::new()).unwrap()
}

/// What became of a picture at `url` with these answers, and which addresses were asked.
async fn fetched(
    url: &str,
    told_by: &str,
    answers: impl IntoIterator<Item = Response<Vec<u8>>>,
) -> (Result<Picture, PictureError>, Vec<String>) {
    let transport = Arc::new(Scripted::new(answers));
    let pictures = Pictures::new(transport.clone());
    let outcome = pictures.fetch(&address(url, told_by)).await;
    let asked = transport.requests().iter().map(|request| request.uri().to_string()).collect();
    (outcome, asked)
}

#[test]
fn a_picture_is_known_by_its_first_bytes() {
    let kind = |bytes: &[u8]| Picture::from_bytes(bytes.to_vec()).map(|picture| picture.media_type);
    assert_eq!(kind(PNG), Some("image/png"));
    assert_eq!(kind(b"\xff\xd8\xff\xe0 JFIF"), Some("image/jpeg"));
    assert_eq!(kind(b"GIF89a..."), Some("image/gif"));
    assert_eq!(kind(b"RIFF\x10\x00\x00\x00WEBPVP8 "), Some("image/webp"));
    for other in [
        b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>".as_slice(),
        b"<!doctype html><title>a</title>",
        b"%PDF-1.7",
        b"RIFF\x10\x00\x00\x00AVI LIST",
        b"\x89PN",
        b"",
    ] {
        assert_eq!(kind(other), None, "{other:?}");
    }
}

#[tokio::test]
async fn a_request_for_a_picture_carries_nothing_but_what_it_takes() {
    let transport = Arc::new(Scripted::new([png()]));
    let pictures = Pictures::new(transport.clone());
    let picture = pictures.fetch(&address("https://cdn.example/a.png?w=9", SERVICE)).await.unwrap();
    assert_eq!((picture.media_type, picture.bytes.as_slice()), ("image/png", PNG));
    let request = transport.requests().remove(0);
    let names: Vec<_> = request.headers().keys().map(|name| name.as_str()).collect();
    assert_eq!((request.method().as_str(), names), ("GET", vec!["accept"]));
}

#[tokio::test]
async fn what_is_called_a_picture_and_is_none_is_refused() {
    let html = text(200, "image/png", "<script>alert(1)</script>");
    let svg = text(200, "image/svg+xml", "<svg onload=\"alert(1)\"/>");
    for answer in [html, svg, text(200, "image/png", "")] {
        let (outcome, _) = fetched("https://cdn.example/a.png", SERVICE, [answer]).await;
        assert_eq!(outcome, Err(PictureError::NoPicture));
    }
    let (outcome, _) =
        fetched("https://cdn.example/a.png", SERVICE, [text(404, "image/png", "")]).await;
    assert_eq!(outcome, Err(PictureError::Status(404)));
}

#[tokio::test]
async fn an_address_that_is_not_https_is_never_asked() {
    for url in [
        "http://cdn.example/a.png",
        "file:///etc/passwd",
        "ftp://cdn.example/a.png",
        "data:image/png;base64,iVBORw0KGgo=",
        "https://user:secret@cdn.example/a.png",
        "a.png",
        "",
    ] {
        let (outcome, asked) = fetched(url, SERVICE, [png()]).await;
        assert_eq!((outcome, asked), (Err(PictureError::BadAddress), Vec::new()), "{url}");
    }
}

#[tokio::test]
async fn only_a_service_on_this_computer_can_have_pictures_on_this_computer() {
    let local = ["http://127.0.0.1:9/a.png", "http://localhost/a.png", "https://[::1]/a.png"];
    for url in local {
        let (outcome, asked) = fetched(url, SERVICE, [png()]).await;
        assert_eq!((outcome, asked), (Err(PictureError::BadAddress), Vec::new()), "{url}");
        let (outcome, _) = fetched(url, LOCAL_SERVICE, [png()]).await;
        assert!(outcome.is_ok(), "{url}");
    }
    let redirect = redirect_to("https://localhost/a.png");
    let (outcome, asked) = fetched("https://cdn.example/a.png", SERVICE, [redirect]).await;
    assert_eq!((outcome, asked.len()), (Err(PictureError::BadAddress), 1));
}

#[tokio::test]
async fn a_redirect_is_followed_to_https_alone() {
    let first = "https://cdn.example/a.png";
    let (outcome, asked) = fetched(first, SERVICE, [redirect_to("/b.png"), png()]).await;
    assert!(outcome.is_ok());
    assert_eq!(asked, [first, "https://cdn.example/b.png"]);
    for to in ["http://cdn.example/a.png", "http://127.0.0.1/a.png", "file:///etc/passwd", "//"] {
        for told_by in [SERVICE, LOCAL_SERVICE] {
            let (outcome, asked) = fetched(first, told_by, [redirect_to(to), png()]).await;
            assert_eq!((outcome, asked.len()), (Err(PictureError::BadAddress), 1), "{to}");
        }
    }
}

#[tokio::test]
async fn redirects_in_a_circle_come_to_an_end() {
    let circle = std::iter::repeat_with(|| redirect_to("https://cdn.example/a.png")).take(50);
    let (outcome, asked) = fetched("https://cdn.example/a.png", SERVICE, circle).await;
    assert_eq!((outcome, asked.len()), (Err(PictureError::BadAddress), REDIRECTS + 1));
}

struct Silence;

#[async_trait]
impl Transport for Silence {
    async fn send(&self, _: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        pending().await
    }
}

#[tokio::test(start_paused = true)]
async fn a_picture_that_takes_too_long_is_given_up() {
    let outcome =
        Pictures::new(Arc::new(Silence)).fetch(&address("https://cdn.example/a", SERVICE)).await;
    assert_eq!(outcome, Err(PictureError::TooSlow));
}

/// A server that answers one request with a PNG of `length` bytes, whose length it tells or not.
async fn server(length: usize, head: &'static str) -> (SocketAddr, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let served = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut heard = [0; 1024];
        assert!(stream.read(&mut heard).await.unwrap() > 0);
        let head = format!("HTTP/1.1 200 OK\r\ncontent-type: image/png\r\n{head}\r\n\r\n");
        stream.write_all(head.as_bytes()).await.unwrap();
        let mut body = PNG.to_vec();
        body.resize(1 << 20, 0);
        for _ in 0..length >> 20 {
            // The reader may have had enough.
            if stream.write_all(&body).await.is_err() {
                return;
            }
        }
    });
    (address, served)
}

#[tokio::test]
async fn a_picture_of_more_than_ten_megabytes_is_given_up_whether_or_not_it_says_so() {
    for (megabytes, head) in [
        (11, "content-length: 11534336"),
        (11, "connection: close"),
        (100_000, "connection: close"),
    ] {
        let (at, served) = server(megabytes << 20, head).await;
        let url = format!("http://{at}/a.png");
        let outcome = Pictures::default().fetch(&address(&url, LOCAL_SERVICE)).await;
        let too_large = TransportError::TooLarge { limit: LARGEST };
        assert_eq!(outcome, Err(PictureError::Transport(too_large)), "{head}");
        served.await.unwrap();
    }
    let (at, _served) = server(10 << 20, "content-length: 10485760").await;
    let url = format!("http://{at}/a.png");
    let picture = Pictures::default().fetch(&address(&url, LOCAL_SERVICE)).await.unwrap();
    assert_eq!(picture.bytes.len(), LARGEST);
}
