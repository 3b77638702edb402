//! Whatever comes back: no answer makes an adapter panic, and none loses what is well-formed in it.

use http::Response;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use rundown_core::model::RemoteId;
use rundown_core::service::ListQuery;
use serde_json::Value;

use crate::mutations::{Open, always, ask_everything, block_on, mutations};
use crate::{family, postato, posteverywhere, postpost, publora, scripted};

/// An adapter, and the documents it has to read.
#[derive(Clone, Copy, Debug)]
struct Subject {
    open: Open,
    /// The id of a post.
    post: &'static str,
    fixtures: &'static [(&'static str, &'static str)],
    /// The documents that list posts, and where.
    posts: &'static [Place],
    /// The documents that list channels, and where.
    channels: &'static [Place],
}

/// A document by its name, and a place in it as a JSON pointer.
type Place = (&'static str, &'static str);

const SUBJECTS: [Subject; 4] = [
    Subject {
        open: |answers| Box::new(postpost::tests::postpost(answers).0),
        post: family::samples::ID,
        fixtures: &postpost::tests::FIXTURES,
        posts: &[("list-posts", "/posts")],
        channels: &[("platform-connections", "/connections")],
    },
    Subject {
        open: |answers| Box::new(publora::tests::publora(answers).0),
        post: family::samples::ID,
        fixtures: &publora::tests::FIXTURES,
        posts: &[("gen2/list-posts", "/posts"), ("current/list-posts", "/posts")],
        channels: &[
            ("gen1/platform-connections", "/connections"),
            ("gen2/platform-connections", "/connections"),
            ("current/platform-connections", "/connections"),
        ],
    },
    Subject {
        open: |answers| Box::new(postato::tests::postato(answers).0),
        post: postato::tests::ID,
        fixtures: &postato::tests::FIXTURES,
        posts: &[("posts", "/items")],
        channels: &[("accounts", "/accounts")],
    },
    Subject {
        open: |answers| Box::new(posteverywhere::tests::posteverywhere(answers).0),
        post: posteverywhere::tests::ID,
        fixtures: &posteverywhere::tests::FIXTURES,
        posts: &[("list-posts", "/data/posts"), ("list-posts-older", "/data/posts")],
        channels: &[("list-accounts", "/data/accounts"), ("list-accounts-older", "/data/accounts")],
    },
];

/// Those that adapters take apart.
const REFUSALS: [u16; 7] = [400, 402, 403, 404, 409, 422, 429];

/// Every document, with the adapter that it is for.
fn documents() -> Vec<(Subject, Value)> {
    let of = |subject: Subject| {
        let parsed = |(_, text): &(_, &str)| (subject, serde_json::from_str(text).unwrap());
        subject.fixtures.iter().map(parsed).collect::<Vec<_>>()
    };
    SUBJECTS.into_iter().flat_map(of).collect()
}

/// Every document with such a list, and where the list is.
fn lists(places: fn(&Subject) -> &'static [Place]) -> Vec<(Subject, Value, &'static str)> {
    let of = |subject: Subject| {
        let found =
            |&(name, place): &Place| (subject, scripted::fixture(subject.fixtures, name), place);
        places(&subject).iter().map(found).collect::<Vec<_>>()
    };
    SUBJECTS.into_iter().flat_map(of).collect()
}

proptest! {
    #[test]
    fn no_answer_makes_an_adapter_panic(
        (subject, body) in select(documents()),
        mutations in mutations(),
        status in prop_oneof![4 => Just(200), 2 => select(&REFUSALS[..]), 1 => 201u16..600],
    ) {
        let answer = scripted::json(status, &mutations.of(&body));
        let adapter = (subject.open)(always(answer).collect());
        ask_everything(&*adapter, &RemoteId(subject.post.to_owned()));
    }

    #[test]
    fn a_well_formed_post_survives_whatever_stands_beside_it(
        (subject, body, place) in select(lists(|subject| subject.posts)),
        mutations in mutations(),
        which: Index,
    ) {
        let list = |body| {
            let adapter = (subject.open)(vec![scripted::ok(&body)]);
            block_on(adapter.list(&ListQuery::RecentlyChanged, None)).unwrap().value
        };
        let beside = list(mutations.beside(&body, place, which));
        let whole = list(body);
        prop_assert!(!whole.posts.is_empty());
        for post in &whole.posts {
            prop_assert!(beside.posts.contains(post));
        }
        prop_assert_eq!(
            beside.posts.len() + beside.unreadable,
            whole.posts.len() + whole.unreadable + 1
        );
    }

    #[test]
    fn a_well_formed_channel_survives_whatever_stands_beside_it(
        (subject, body, place) in select(lists(|subject| subject.channels)),
        mutations in mutations(),
        which: Index,
    ) {
        let channels = |body| {
            let adapter = (subject.open)(vec![scripted::ok(&body)]);
            block_on(adapter.channels()).unwrap().value
        };
        let beside = channels(mutations.beside(&body, place, which));
        let whole = channels(body);
        prop_assert!(!whole.is_empty());
        for channel in &whole {
            prop_assert!(beside.contains(channel));
        }
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
