//! The transport against a listener that answers badly, or not at all.

use std::io::ErrorKind;
use std::net::SocketAddr;

use http::{Request, StatusCode};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use super::*;

const KEY: &str = "sk_never_to_be_seen";

/// A server that reads one request from each connection, answers with these bytes, and hangs up. It
/// hands over what it read.
async fn server(answers: Vec<Vec<u8>>) -> (SocketAddr, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let heard = tokio::spawn(async move {
        let mut heard = Vec::new();
        for answer in answers {
            let (mut stream, _) = listener.accept().await.unwrap();
            heard.push(head(&mut stream).await);
            stream.write_all(&answer).await.unwrap();
        }
        heard
    });
    (address, heard)
}

async fn head(stream: &mut TcpStream) -> String {
    let mut read = Vec::new();
    while !read.ends_with(b"\r\n\r\n") {
        let byte = stream.read_u8().await.unwrap();
        read.push(byte);
    }
    String::from_utf8(read).unwrap()
}

fn request(address: SocketAddr) -> Request<Vec<u8>> {
    Request::get(format!("http://{address}/api/v1/list-posts?page=1"))
        .header("x-api-key", KEY)
        .body(Vec::new())
        .unwrap()
}

fn limits(total: Duration, body: usize) -> HttpTransport {
    HttpTransport::with_limits(Limits { total, body, ..Limits::default() })
}

#[tokio::test]
async fn an_answer_comes_back_whole_and_the_request_names_rundown() {
    let answer = b"HTTP/1.1 409 Conflict\r\nx-note: n\r\ncontent-length: 5\r\n\r\nhello".to_vec();
    let (address, heard) = server(vec![answer]).await;
    let answer = HttpTransport::default().send(request(address)).await.unwrap();
    assert_eq!(answer.status(), StatusCode::CONFLICT);
    assert_eq!(answer.headers()["x-note"], "n");
    assert_eq!(answer.body(), b"hello");
    let heard = heard.await.unwrap().remove(0).to_ascii_lowercase();
    assert!(heard.starts_with("get /api/v1/list-posts?page=1 http/1.1\r\n"), "{heard}");
    assert!(heard.contains("\r\nuser-agent: rundown/0."), "{heard}");
    assert!(heard.contains(&format!("\r\nx-api-key: {KEY}\r\n")), "{heard}");
}

#[tokio::test]
async fn a_refused_connection_is_known_to_have_sent_nothing() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let error = HttpTransport::default().send(request(address)).await.unwrap_err();
    assert!(matches!(error, TransportError::NotSent { .. }), "{error}");
}

#[tokio::test]
async fn a_failed_handshake_is_known_to_have_sent_nothing() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let greeting = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await.unwrap();
        let mut heard = Vec::new();
        stream.read_to_end(&mut heard).await.ok();
        heard
    });
    let mut request = request(address);
    *request.uri_mut() = format!("https://{address}/").parse().unwrap();
    let error = HttpTransport::default().send(request).await.unwrap_err();
    assert!(matches!(error, TransportError::NotSent { .. }), "{error}");
    let heard = greeting.await.unwrap();
    assert!(!String::from_utf8_lossy(&heard).contains(KEY));
}

#[tokio::test]
async fn a_connection_cut_after_the_request_leaves_its_outcome_open() {
    let (address, heard) = server(vec![Vec::new()]).await;
    let error = HttpTransport::default().send(request(address)).await.unwrap_err();
    assert!(matches!(error, TransportError::Interrupted { .. }), "{error}");
    assert_eq!(heard.await.unwrap().len(), 1);
}

#[tokio::test]
async fn an_answer_that_ends_early_leaves_its_outcome_open() {
    let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{\"success\"".to_vec();
    let (address, _heard) = server(vec![answer]).await;
    let error = HttpTransport::default().send(request(address)).await.unwrap_err();
    assert!(matches!(error, TransportError::Interrupted { .. }), "{error}");
}

#[tokio::test]
async fn an_answer_that_never_ends_is_given_up_when_its_time_is_over() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let dripping = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        head(&mut stream).await;
        stream.write_all(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n").await.unwrap();
        let mut pace = tokio::time::interval(Duration::from_millis(5));
        while stream.write_all(b"1\r\n \r\n").await.is_ok() {
            pace.tick().await;
        }
    });
    let total = Duration::from_millis(150);
    let error = limits(total, 8 << 20).send(request(address)).await.unwrap_err();
    assert!(matches!(error, TransportError::Interrupted { .. }), "{error}");
    dripping.await.unwrap();
}

#[tokio::test]
async fn an_answer_that_is_too_long_is_given_up_whether_or_not_it_says_so() {
    let long = "x".repeat(1001);
    let told = format!("HTTP/1.1 200 OK\r\ncontent-length: 1001\r\n\r\n{long}");
    let untold = format!("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{long}");
    let (address, _heard) = server(vec![told.into(), untold.into()]).await;
    let transport = limits(Duration::from_secs(30), 1000);
    let too_large = Err(TransportError::TooLarge { limit: 1000 });
    for _ in 0..2 {
        let outcome = transport.send(request(address)).await;
        assert_eq!(outcome.map(|answer| answer.status()), too_large);
    }
}

#[tokio::test]
async fn a_redirect_is_handed_back_and_its_target_never_asked() {
    let elsewhere = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    elsewhere.set_nonblocking(true).unwrap();
    let there = elsewhere.local_addr().unwrap();
    let answer = format!(
        "HTTP/1.1 307 Temporary Redirect\r\nlocation: http://{there}/\r\ncontent-length: 0\r\n\r\n"
    );
    let (address, _heard) = server(vec![answer.into()]).await;
    let answer = HttpTransport::default().send(request(address)).await.unwrap();
    assert_eq!(answer.status(), StatusCode::TEMPORARY_REDIRECT);
    assert_eq!(elsewhere.accept().unwrap_err().kind(), ErrorKind::WouldBlock);
}

#[tokio::test]
async fn a_request_cut_on_a_reused_connection_is_not_sent_again() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let served = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        head(&mut stream).await;
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok").await.unwrap();
        head(&mut stream).await;
        drop(stream);
        listener.into_std().unwrap()
    });
    let transport = HttpTransport::default();
    transport.send(request(address)).await.unwrap();
    let error = transport.send(request(address)).await.unwrap_err();
    assert!(matches!(error, TransportError::Interrupted { .. }), "{error}");
    let listener = served.await.unwrap();
    assert_eq!(listener.accept().unwrap_err().kind(), ErrorKind::WouldBlock);
}

#[tokio::test]
async fn a_key_is_not_sent_unencrypted_to_another_computer() {
    let request = Request::get("http://192.0.2.1/api/v1/list-posts")
        .header("x-api-key", KEY)
        .body(Vec::new())
        .unwrap();
    let error = HttpTransport::default().send(request).await.unwrap_err();
    let reason = "192.0.2.1 is not on this computer and not https".to_owned();
    assert_eq!(error, TransportError::NotSent { reason });
}
