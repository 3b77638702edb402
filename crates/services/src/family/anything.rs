//! Whatever comes back: no answer makes an adapter panic, and none loses what is well-formed in it.

use http::Response;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use rundown_core::model::{Edit, RemoteId};
use rundown_core::service::{ListQuery, Reading, SchedulingService};
use serde_json::{Value, json};

use super::samples::{at, id, key, listed, ok};
use crate::mutations::{always, ask_everything, block_on, mutations};
use crate::{postpost, publora, scripted};

/// A service's adapter over answers given in order.
type Open = fn(Vec<Response<Vec<u8>>>) -> Box<dyn SchedulingService>;

const POSTPOST: Open = |answers| Box::new(postpost::tests::postpost(answers).0);
const PUBLORA: Open = |answers| Box::new(publora::tests::publora(answers).0);

/// Every payload of the documents, with the adapter that it is for.
fn fixtures() -> Vec<(Open, Value)> {
    let parsed = |(_, text): &(&str, &str)| serde_json::from_str(text).unwrap();
    let postpost = postpost::tests::FIXTURES.iter().map(|fixture| (POSTPOST, parsed(fixture)));
    let publora = publora::tests::FIXTURES.iter().map(|fixture| (PUBLORA, parsed(fixture)));
    postpost.chain(publora).collect()
}

/// The payloads that have this field.
fn having(field: &str) -> Vec<(Open, Value)> {
    fixtures().into_iter().filter(|(_, body)| body.get(field).is_some()).collect()
}

fn lists() -> Vec<(Open, Value)> {
    having("pagination")
}

fn connections() -> Vec<(Open, Value)> {
    having("connections")
}

/// What get-post answers.
fn single_posts() -> Vec<(Open, Value)> {
    having("postGroupId")
}

fn answers_with_warnings() -> Vec<(Open, Value)> {
    having("warnings")
}

proptest! {
    #[test]
    fn no_answer_makes_an_adapter_panic(
        (open, body) in select(fixtures()),
        mutations in mutations(),
        status in prop_oneof![3 => Just(200), 1 => 201u16..600],
    ) {
        let answer = scripted::json(status, &mutations.of(&body));
        ask_everything(&*open(always(answer).collect()), &id());
    }

    #[test]
    fn a_well_formed_post_survives_whatever_stands_beside_it(
        (open, body) in select(lists()),
        mutations in mutations(),
        which: Index,
    ) {
        let list = |body| {
            let service = open(vec![ok(&body)]);
            block_on(service.list(&ListQuery::Drafts, None)).unwrap().value
        };
        let whole = list(body.clone());
        let beside = list(mutations.beside(&body, "/posts", which));
        for post in &whole.posts {
            prop_assert!(beside.posts.contains(post));
        }
        prop_assert_eq!(beside.posts.len() + beside.unreadable, whole.posts.len() + 1);
    }

    #[test]
    fn a_well_formed_channel_survives_whatever_stands_beside_it(
        (open, body) in select(connections()),
        mutations in mutations(),
        which: Index,
    ) {
        let channels = |body| {
            let service = open(vec![ok(&body)]);
            block_on(service.channels()).unwrap().value
        };
        let whole = channels(body.clone());
        let beside = channels(mutations.beside(&body, "/connections", which));
        for channel in &whole {
            prop_assert!(beside.contains(channel));
        }
    }

    #[test]
    fn a_well_formed_channel_of_a_post_survives_whatever_stands_beside_it(
        (open, body) in select(single_posts()),
        mutations in mutations(),
        which: Index,
    ) {
        let time = at("2026-03-15T14:00:00Z");
        let list = ok(&listed("scheduled", json!("2026-03-15T14:00:00Z"), json!([])));
        let channels = |body| -> Vec<RemoteId> {
            let service = open([vec![ok(&body)], vec![list.clone()]].concat());
            match block_on(service.read(&id(), &[time])).unwrap().value {
                Reading::Found(post) => post.targets.into_iter().map(|it| it.channel).collect(),
                other => panic!("{other:?}"),
            }
        };
        let beside = channels(mutations.beside(&body, "/posts", which));
        for channel in channels(body) {
            prop_assert!(beside.contains(&channel));
        }
    }

    #[test]
    fn a_time_that_was_put_in_anothers_place_is_heard_among_whatever_warnings(
        (open, mut body) in select(answers_with_warnings()),
        mutations in mutations(),
        which: Index,
    ) {
        body.as_object_mut().unwrap().remove("scheduledTime");
        body["postGroup"].as_object_mut().unwrap().remove("scheduledTime");
        let service = open(vec![ok(&mutations.beside(&body, "/warnings", which))]);
        let accepted = block_on(service.apply(&id(), &Edit::Pause, &key())).unwrap().value;
        prop_assert!(accepted.time.is_some());
    }

    #[test]
    fn no_bytes_make_an_answer_panic(status in 200u16..600, body: Vec<u8>, kind in "[ -~]{0,20}") {
        let response = Response::builder().status(status).header("content-type", kind).body(body);
        let url = "https://api.postpost.dev/api/v1/list-posts".parse().unwrap();
        let response = response.unwrap();
        let _ = crate::answer::json(&response);
        let _ = crate::answer::failure(&response, &url);
    }
}
