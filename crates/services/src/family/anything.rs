//! Whatever stands beside them in an answer about one post: its id, channels and warnings are read.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use rundown_core::model::{Edit, RemoteId};
use rundown_core::service::Reading;
use serde_json::{Value, json};

use super::samples::{ID, at, id, key, listed, new_post, ok};
use crate::mutations::{Open, block_on, mutations};
use crate::{postpost, publora};

const POSTPOST: Open = |answers| Box::new(postpost::tests::postpost(answers).0);
const PUBLORA: Open = |answers| Box::new(publora::tests::publora(answers).0);

/// The payloads of the documents that have these fields, with the adapter that each is for.
fn having(fields: &[&str]) -> Vec<(Open, Value)> {
    let parsed = |(_, text): &(&str, &str)| -> Value { serde_json::from_str(text).unwrap() };
    let postpost = postpost::tests::FIXTURES.iter().map(|fixture| (POSTPOST, parsed(fixture)));
    let publora = publora::tests::FIXTURES.iter().map(|fixture| (PUBLORA, parsed(fixture)));
    let has_all = |body: &Value| fields.iter().all(|field| body.get(field).is_some());
    postpost.chain(publora).filter(|(_, body)| has_all(body)).collect()
}

proptest! {
    #[test]
    fn a_well_formed_channel_of_a_post_survives_whatever_stands_beside_it(
        (open, body) in select(having(&["postGroupId", "posts"])),
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
        (open, mut body) in select(having(&["warnings", "postGroup"])),
        mutations in mutations(),
        which: Index,
    ) {
        body.as_object_mut().unwrap().remove("scheduledTime");
        body["postGroup"].as_object_mut().unwrap().remove("scheduledTime");
        let service = open(vec![ok(&mutations.beside(&body, "/warnings", which))]);
        let accepted = block_on(service.apply(&id(), &Edit::pause(), &key())).unwrap().value;
        prop_assert!(accepted.time.is_some());
    }

    #[test]
    fn the_id_of_a_new_post_is_kept_whatever_else_its_answer_says(
        (open, body) in select(having(&["success", "postGroupId"])),
        mutations in mutations(),
    ) {
        let mut mutated = mutations.of(&body);
        if !mutated.is_object() {
            mutated = json!({ "junk": mutated });
        }
        mutated["postGroupId"] = json!(ID);
        mutated["success"] = json!(true);
        let post = new_post("Hello", &["twitter-1"], None);
        let created = block_on(open(vec![ok(&mutated)]).create(&post, &key())).unwrap().value;
        prop_assert_eq!(created.id, id());
    }

    #[test]
    fn a_time_that_was_put_in_anothers_place_is_heard_for_a_new_post_too(
        (open, mut body) in select(having(&["warnings", "postGroupId"])),
        mutations in mutations(),
        which: Index,
    ) {
        body.as_object_mut().unwrap().remove("scheduledTime");
        let service = open(vec![ok(&mutations.beside(&body, "/warnings", which))]);
        let post = new_post("Hello", &["twitter-1"], None);
        let created = block_on(service.create(&post, &key())).unwrap().value;
        prop_assert!(created.accepted.time.is_some());
    }
}
