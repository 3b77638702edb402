//! What is done behind the API's back.

use rundown_practice::postato::{self, Edit, PostStatus};

use super::kit::{Bench, start, time};

#[tokio::test]
async fn the_base_address_is_the_origin_without_a_version() {
    let bench = Bench::new().await;
    let url = format!("http://{}/postato", bench.running.addr);
    assert_eq!(bench.running.url(postato::BASE), url);
}

#[tokio::test]
async fn an_edit_made_elsewhere_is_seen_and_not_recorded() {
    let bench = Bench::new().await;
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    let edit = Edit {
        status: Some(PostStatus::Draft),
        scheduled_at: Some(time("2026-03-11T08:00:00Z")),
        text: Some("Edited".to_owned()),
    };
    assert!(bench.postato().edit_elsewhere(&id, edit));
    let post = bench.post(&id);
    assert_eq!((post.status, post.items[0].text.as_str()), (PostStatus::Draft, "Edited"));
    assert_eq!(post.scheduled_at, Some(time("2026-03-11T08:00:00Z")));
    assert_eq!(post.updated_at, start());
    assert!(bench.postato().delete_elsewhere(&id));
    assert!(!bench.postato().edit_elsewhere(&id, Edit::default()));
    assert!(!bench.postato().delete_elsewhere(&id));
    assert_eq!(bench.practice.requests(), []);
}
