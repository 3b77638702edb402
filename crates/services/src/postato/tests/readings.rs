//! Reading one post: which requests it takes, and what they add up to.

use rundown_core::model::{PostStatus, Standing};
use rundown_core::service::{Reading, ServiceError};

use super::*;

/// What reading the post comes to, given these answers, and what was asked.
async fn read(answers: Vec<Response<Vec<u8>>>) -> (Result<Reading, ServiceError>, Vec<String>) {
    let (postato, transport) = postato(answers);
    let reading = postato.read(&id(), &[at(TIME)]).await.map(|answer| answer.value);
    (reading, asked(&transport))
}

fn found(reading: Result<Reading, ServiceError>) -> RemotePost {
    match reading {
        Ok(Reading::Found(post)) => post,
        other => panic!("{other:?}"),
    }
}

fn nowhere(first: Response<Vec<u8>>) -> Vec<Response<Vec<u8>>> {
    vec![first, nothing(), nothing(), nothing()]
}

#[tokio::test]
async fn a_post_that_can_be_read_by_itself_takes_one_request() {
    for body in [post("scheduled", json!(TIME)), json!({ "data": post("scheduled", json!(TIME)) })]
    {
        let (reading, asked) = read(vec![ok(&body)]).await;
        assert_eq!(found(reading).standing, Standing::scheduled(at(TIME)));
        assert_eq!(asked, [format!("GET /posts/{ID}")]);
    }
}

#[tokio::test]
async fn without_a_path_for_single_posts_the_post_is_found_in_the_lists() {
    let method = scripted::json(405, &json!({ "error": "method_not_allowed" }));
    for missing in [not_found(), no_route(), method] {
        let (reading, asked) =
            read(vec![missing, nothing(), ok(&listed(json!([null, post("draft", json!(null))])))])
                .await;
        assert_eq!(found(reading).standing, Standing::draft());
        assert_eq!(
            asked[1..],
            ["GET /posts?limit=100&status=scheduled", "GET /posts?limit=100&status=draft"]
        );
    }
}

#[tokio::test]
async fn what_a_single_post_does_not_say_is_taken_from_the_list() {
    let mut timeless = post("scheduled", json!(null));
    timeless["externalUrl"] = json!("https://x.com/1");
    let created = fixture("created-post");
    for partly in [timeless, created] {
        let (reading, asked) =
            read(vec![ok(&partly), ok(&listed(json!([post("scheduled", json!(TIME))])))]).await;
        let found = found(reading);
        assert_eq!(found.standing, Standing::scheduled(at(TIME)));
        assert_eq!(found.targets[0].channel.as_str(), ACCOUNT);
        assert_eq!(found.targets[0].link.as_deref(), partly["externalUrl"].as_str());
        assert_eq!(asked.len(), 2);
    }
}

#[tokio::test]
async fn a_list_and_a_post_that_contradict_each_other_are_unclear() {
    for (single, list) in [("draft", "scheduled"), ("scheduled", "draft"), ("queued", "scheduled")]
    {
        let mut partly = post(single, json!(TIME));
        partly["accountId"] = json!(null);
        let (reading, _) =
            read(vec![ok(&partly), ok(&listed(json!([post(list, json!(TIME))])))]).await;
        assert_eq!(reading, Ok(Reading::Unclear), "by itself {single}, in the list {list}");
    }
}

#[tokio::test]
async fn a_post_that_says_too_little_and_is_in_no_list_is_unclear() {
    let (reading, asked) = read(nowhere(ok(&post("scheduled", json!(null))))).await;
    assert_eq!(reading, Ok(Reading::Unclear));
    assert_eq!(asked.len(), 4);
}

#[tokio::test]
async fn an_answer_that_is_not_the_post_is_used_for_nothing() {
    let mut other = post("scheduled", json!(TIME));
    other["id"] = json!("pst_01HV3XG5S7V9X1Z3B5D7F9H1K3");
    for strange in [other, json!({}), json!([]), json!({ "id": ID })] {
        let (reading, _) = read(nowhere(ok(&strange))).await;
        assert_eq!(reading, Ok(Reading::Unclear), "{strange}");
        let in_list = ok(&listed(json!([post("draft", json!(null))])));
        let (reading, _) = read(vec![ok(&strange), in_list]).await;
        assert_eq!(found(reading).standing, Standing::draft());
    }
}

#[tokio::test]
async fn an_id_with_and_without_its_prefix_is_the_same_post_and_keeps_the_name_we_know() {
    let bare = RemoteId(ID.trim_start_matches("pst_").to_owned());
    let (postato, _) = postato(vec![
        ok(&post("draft", json!(null))),
        no_route(),
        ok(&listed(json!([post("scheduled", json!(TIME))]))),
    ]);
    for _ in 0..2 {
        let answer = postato.read(&bare, &[]).await.unwrap();
        assert_eq!(found(Ok(answer.value)).id, bare);
    }
}

#[tokio::test]
async fn a_404_alone_removes_no_post_as_long_as_none_was_ever_read_by_itself() {
    for first in [not_found(), no_route()] {
        let (reading, asked) = read(nowhere(first)).await;
        assert_eq!(reading, Ok(Reading::Unclear));
        assert_eq!(asked.len(), 4, "the lists were asked first");
    }
}

#[tokio::test]
async fn a_post_is_gone_once_the_path_is_known_and_the_lists_do_not_have_it() {
    let known = ok(&post("scheduled", json!(TIME)));
    let then = async |answers: Vec<Response<Vec<u8>>>| {
        let (postato, _) = postato([vec![known.clone()], answers].concat());
        postato.read(&id(), &[]).await.unwrap();
        postato.read(&id(), &[]).await.map(|answer| answer.value)
    };
    assert_eq!(then(nowhere(not_found())).await, Ok(Reading::Gone));
    assert_eq!(then(nowhere(no_route())).await, Ok(Reading::Unclear), "a gateway’s word");
    let still_listed = vec![not_found(), ok(&listed(json!([post("draft", json!(null))])))];
    assert!(matches!(then(still_listed).await, Ok(Reading::Found(_))));
}

#[tokio::test]
async fn a_workspace_that_is_gone_or_closed_to_the_key_takes_no_post_with_it() {
    let known = ok(&post("scheduled", json!(TIME)));
    let (postato, _) = postato(vec![known, not_found(), not_found()]);
    postato.read(&id(), &[]).await.unwrap();
    let error = postato.read(&id(), &[]).await.unwrap_err();
    assert!(matches!(error, ServiceError::Refused { status: 404, .. }), "{error:?}");
}

#[tokio::test]
async fn a_post_is_found_deep_in_a_list_and_a_list_without_end_is_given_up() {
    let page = |n: usize| {
        let entry = json!({ "id": format!("p{n}"), "status": "scheduled", "scheduledAt": TIME });
        ok(&json!({ "items": [entry], "cursor": format!("c{n}") }))
    };
    let deep = (0..7).map(page).chain([ok(&listed(json!([post("scheduled", json!(TIME))])))]);
    let (reading, asked) = read([no_route()].into_iter().chain(deep).collect()).await;
    assert_eq!(found(reading).standing.status, PostStatus::Scheduled);
    assert_eq!(asked.len(), 9);

    let endless = (0..100).map(page);
    let (reading, asked) = read([no_route()].into_iter().chain(endless).collect()).await;
    assert_eq!(reading, Ok(Reading::Unclear));
    assert_eq!(asked.len(), 41);
}

#[tokio::test]
async fn trouble_while_reading_is_trouble_and_no_conclusion() {
    let busy = || scripted::json(503, &json!({ "error": "unavailable" }));
    for answers in [vec![busy()], vec![not_found(), busy()], vec![no_route(), nothing(), busy()]] {
        let (reading, _) = read(answers).await;
        assert!(matches!(reading, Err(ServiceError::ServerTrouble { status: 503, .. })));
    }
}
