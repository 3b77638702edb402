//! What needs a real network: nobody there, and another host.

use rundown_core::model::Edit;
use rundown_core::service::{ListQuery, ServiceError};
use rundown_practice::{Clock, Fault, Match, Practice, What};

use crate::bench::{Bench, Dialect, NOW, Way, at, key};
use crate::postpost::PostPost;

#[tokio::test]
async fn a_server_that_is_down_has_been_sent_nothing() {
    let bench = Bench::<PostPost>::start(Way::Http).await;
    let post = bench.scheduled("2026-03-12T10:00:00Z");
    bench.running.stop().await;
    let write = bench.service.apply(&post, &Edit::pause(), &key()).await.unwrap_err();
    let read = bench.service.channels().await.unwrap_err();
    for error in [write, read] {
        assert!(matches!(error, ServiceError::NotSent { .. }), "{error}");
    }
    assert_eq!(bench.practice.requests(), []);
}

#[tokio::test]
async fn a_redirect_to_another_host_is_refused_by_its_name_and_never_followed() {
    let bench = Bench::<PostPost>::start(Way::Http).await;
    let elsewhere = Practice::new(Clock::manual(at(NOW)));
    let there = elsewhere.serve("127.0.0.2:0".parse().unwrap()).await.unwrap();
    let to = there.url(PostPost::PATH);
    let post = bench.scheduled("2026-03-12T10:00:00Z");
    bench.practice.fault(Fault::always(Match::any(), What::Redirect { to }));
    let write = bench.service.apply(&post, &Edit::pause(), &key()).await.unwrap_err();
    let read = bench.service.list(&ListQuery::Drafts, None).await.unwrap_err();
    for error in [write, read] {
        assert!(error.to_string().contains("127.0.0.2"), "{error}");
        assert!(matches!(error, ServiceError::Refused { status: 307, .. }), "{error:?}");
        assert!(!error.to_string().contains(PostPost::KEY));
    }
    assert_eq!(elsewhere.requests(), []);
    assert!(bench.world.standing(&post).unwrap().goes_out_at().is_some(), "nothing was done");
    bench.assert_clean();
}
