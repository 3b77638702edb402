//! From page to page: cursors, numbers, and lists that do not end.

use proptest::prelude::*;
use rundown_core::service::{PageToken, ServiceError};

use super::*;
use crate::postato::map;

/// Everything a list has, by its ids, and what was asked for it.
async fn everything(query: &ListQuery, answers: Vec<Value>) -> (Vec<String>, Vec<String>) {
    let (postato, transport) = postato(answers.iter().map(ok));
    let (mut next, mut seen) = (None, Vec::new());
    loop {
        let page = postato.list(query, next.as_ref()).await.unwrap().value;
        seen.extend(page.posts.into_iter().map(|post| post.id.0));
        next = page.next;
        if next.is_none() {
            return (seen, asked(&transport));
        }
    }
}

fn drafts(ids: &[&str]) -> Value {
    ids.iter().map(|id| json!({ "id": id, "status": "draft" })).collect()
}

#[tokio::test]
async fn a_cursor_is_followed_until_it_is_null() {
    let page = |ids: &[&str], cursor: Value| json!({ "items": drafts(ids), "cursor": cursor });
    let answers = vec![
        page(&["a", "b"], json!("eyJ pZ=&")),
        page(&["c"], json!(1706797800000_u64)),
        page(&["d"], json!(null)),
    ];
    let (seen, asked) = everything(&ListQuery::Drafts, answers).await;
    assert_eq!(seen, ["a", "b", "c", "d"]);
    assert_eq!(
        asked,
        [
            "GET /posts?limit=100&status=draft",
            "GET /posts?limit=100&status=draft&cursor=eyJ+pZ%3D%26",
            "GET /posts?limit=100&status=draft&cursor=1706797800000",
        ]
    );
}

#[tokio::test]
async fn numbered_pages_are_followed_however_they_are_told() {
    let forms: [fn(u32) -> Value; 7] = [
        |page| json!({ "page": page, "totalPages": 2 }),
        |page| json!({ "pagination": { "page": page, "hasNextPage": page < 2 } }),
        |page| json!({ "meta": { "currentPage": page, "pageCount": 2 } }),
        |page| json!({ "hasMore": page < 2 }),
        |page| json!({ "total": 3, "limit": 2, "page": page }),
        |page| json!({ "page": page, "limit": 2 }),
        |_| json!({ "totalItems": 3, "pageSize": 2, "cursor": null }),
    ];
    for form in forms {
        let page = |ids: &[&str], number| {
            let mut body = form(number);
            body["items"] = drafts(ids);
            body
        };
        let answers = vec![page(&["a", "b"], 1), page(&["c"], 2)];
        let (seen, asked) = everything(&ListQuery::Drafts, answers).await;
        assert_eq!(seen, ["a", "b", "c"], "{}", form(1));
        let second = "GET /posts?limit=100&status=draft&page=2";
        assert_eq!(asked, ["GET /posts?limit=100&status=draft", second], "{}", form(1));
    }
}

#[tokio::test]
async fn pages_that_are_counted_from_zero_are_followed_too() {
    let page = |ids: &[&str], page| json!({ "items": drafts(ids), "page": page });
    let answers = vec![page(&["a"], 0), page(&["b"], 1), page(&[], 2)];
    let (seen, asked) = everything(&ListQuery::Drafts, answers).await;
    assert_eq!(seen, ["a", "b"]);
    assert!(asked[1].ends_with("page=1") && asked[2].ends_with("page=2"));
}

#[tokio::test]
async fn without_a_word_on_pages_there_is_one() {
    for body in [drafts(&["a", "b"]), json!({ "data": drafts(&["a", "b"]) })] {
        let (seen, asked) = everything(&ListQuery::Drafts, vec![body]).await;
        assert_eq!((seen.len(), asked.len()), (2, 1));
    }
}

#[tokio::test]
async fn a_server_that_gives_the_same_page_for_ever_is_asked_twice() {
    for paging in [
        json!({ "hasNextPage": true }),
        json!({ "page": 1, "totalPages": 9 }),
        json!({ "cursor": "the same" }),
    ] {
        let mut body = paging.clone();
        body["items"] = drafts(&["a", "b"]);
        let (_, asked) = everything(&ListQuery::Drafts, vec![body.clone(), body]).await;
        assert_eq!(asked.len(), 2, "{paging}");
    }
    let again = |cursor: &str| json!({ "items": drafts(&["a", "b"]), "cursor": cursor });
    let (_, asked) = everything(&ListQuery::Drafts, vec![again("one"), again("two")]).await;
    assert_eq!(asked.len(), 2, "a new cursor each time");
}

#[tokio::test]
async fn an_empty_page_and_one_without_a_single_id_end_the_list() {
    for items in [json!([]), json!([null, {}, { "id": 7 }])] {
        let body = json!({ "items": items, "hasNextPage": true, "cursor": "more" });
        let (seen, asked) = everything(&ListQuery::Drafts, vec![body]).await;
        assert_eq!((seen.len(), asked.len()), (0, 1));
    }
}

#[tokio::test]
async fn a_narrow_window_is_what_is_scheduled_and_the_newest_of_what_went_out() {
    let query =
        ListQuery::Dated { from: at("2026-04-19T00:00:00Z"), to: at("2026-04-21T00:00:00Z") };
    let page = |id: &str, status: &str, cursor: Value| {
        let entry = json!({ "id": id, "status": status, "scheduledAt": TIME });
        json!({ "items": [entry], "cursor": cursor })
    };
    let answers = vec![
        page("a", "scheduled", json!("s2")),
        page("b", "scheduled", json!(null)),
        page("c", "published", json!("p2")),
        page("d", "published", json!("p3")),
        page("e", "failed", json!("f2")),
    ];
    let (seen, asked) = everything(&query, answers).await;
    assert_eq!(seen, ["a", "b", "c", "d", "e"]);
    assert_eq!(
        asked,
        [
            "GET /posts?limit=100&status=scheduled",
            "GET /posts?limit=100&status=scheduled&cursor=s2",
            "GET /posts?limit=100&status=published",
            "GET /posts?limit=100&status=published&cursor=p2",
            "GET /posts?limit=100&status=failed",
        ]
    );
}

#[tokio::test]
async fn a_narrow_window_costs_a_few_requests_however_long_the_lists_are() {
    let query =
        ListQuery::Dated { from: at("2026-04-19T00:00:00Z"), to: at("2026-04-21T00:00:00Z") };
    let page = |n: usize| json!({ "items": drafts(&[&format!("p{n}")]), "hasNextPage": true });
    let (_, asked) = everything(&query, (0..13).map(page).collect()).await;
    assert_eq!(asked.len(), 13);
    let wide =
        ListQuery::Dated { from: at("2026-01-01T00:00:00Z"), to: at("2028-01-01T00:00:00Z") };
    let mut answers: Vec<_> = (0..40).map(page).collect();
    answers.push(drafts(&["last"]));
    let (_, asked) = everything(&wide, answers).await;
    assert_eq!(asked.len(), 41, "everything");
}

#[tokio::test]
async fn of_what_was_made_last_there_is_one_page() {
    let body = json!({ "items": drafts(&["a"]), "cursor": "more" });
    let (_, asked) = everything(&ListQuery::RecentlyChanged, vec![body]).await;
    assert_eq!(asked, ["GET /posts?limit=100"]);
}

#[tokio::test]
async fn a_page_token_that_is_not_ours_is_refused_unsent() {
    let (postato, transport) = postato(vec![]);
    for token in [
        "",
        "2 507f1f77bcf86cd799439011",
        "postato",
        "postato 0 2 - ",
        "postato 0 2 - page",
        "postato 0 2 - page two",
        "postato 0 2 ../x page 2",
        "postato 7 1 - first",
        "postato -1 1 - first",
    ] {
        let error = postato.list(&ListQuery::Drafts, Some(&PageToken(token.to_owned()))).await;
        let error = error.unwrap_err();
        assert!(matches!(error, ServiceError::Refused { status: 0, .. }), "{token}: {error}");
    }
    assert!(transport.asked().is_empty());
}

proptest! {
    #[test]
    fn no_word_of_pages_makes_a_list_panic(
        asked: Option<u64>,
        page: u64,
        pages: u64,
        total: u64,
        limit: u64,
    ) {
        let body = json!({
            "items": [{ "id": "a", "status": "draft" }],
            "pagination": { "page": page, "totalPages": pages, "total": total, "limit": limit },
        });
        prop_assert!(map::listed(body, asked).is_ok());
    }
}
