//! Whatever comes back: no answer makes the parser panic, and none loses a well-formed post.

use http::Response;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

use super::{fixture, id};
use crate::family::map;

/// Any JSON, small.
fn junk() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        Just(Value::from("+262142-12-31T23:59:59Z")),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[a-zA-Z]{1,9}", inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

/// Every place in a document, as JSON pointers.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                places(item, &format!("{at}/{index}"), found);
            }
        }
        Value::Object(fields) => {
            for (name, item) in fields {
                places(item, &format!("{at}/{name}"), found);
            }
        }
        _ => {}
    }
}

/// The document with some of its places replaced.
fn mutated(mut document: Value, changes: &[(Index, Value)]) -> Value {
    for (index, junk) in changes {
        let mut found = Vec::new();
        places(&document, "", &mut found);
        if let Some(place) = document.pointer_mut(&found[index.index(found.len())]) {
            *place = junk.clone();
        }
    }
    document
}

fn changes() -> impl Strategy<Value = Vec<(Index, Value)>> {
    prop::collection::vec((any::<Index>(), junk()), 1..6)
}

proptest! {
    #[test]
    fn no_list_makes_the_parser_panic(changes in changes()) {
        let _ = map::listed(mutated(fixture("list-posts"), &changes), 100);
        let connections = map::connections(mutated(fixture("platform-connections"), &changes));
        let _ = connections.map(|entries| map::channels(entries, "PostPost"));
        let _ = map::states(mutated(fixture("get-post-failed"), &changes));
        let _ = map::accepted(mutated(fixture("000-update-post"), &changes), &id());
        let _ = map::plan_limit(mutated(fixture("limit-exceeded"), &changes));
    }

    #[test]
    fn a_well_formed_post_survives_whatever_stands_beside_it(changes in changes(), before: bool) {
        let mut body = fixture("list-posts");
        let good = body["posts"][0].clone();
        let broken = mutated(good.clone(), &changes);
        body["posts"] = if before { json!([broken, good]) } else { json!([good, broken]) };
        let whole = map::listed(fixture("list-posts"), 100).unwrap().posts.remove(0);
        let listed = map::listed(body, 100).unwrap();
        prop_assert!(listed.posts.contains(&whole));
        prop_assert_eq!(listed.posts.len() + listed.unreadable, 2);
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
