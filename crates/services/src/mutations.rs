//! Documents gone wrong, for property tests: any payload with some of its places changed, and every
//! question of the seam put to an adapter that gets it for an answer.

use http::Response;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use rundown_core::model::{Act, Edit, IdempotencyKey, RemoteId};
use rundown_core::service::{ListQuery, NewPost, NewTarget, SchedulingService};
use serde_json::Value;

/// A service's adapter over answers given in order.
pub type Open = fn(Vec<Response<Vec<u8>>>) -> Box<dyn SchedulingService>;

/// Strings that mean something to an adapter, or seem to.
const WORDS: [&str; 12] = [
    "",
    " ",
    "draft",
    "scheduled",
    "processing",
    "failed",
    "2026-03-15T14:00:00.000Z",
    "+262142-12-31T23:59:59Z",
    "twitter-123456789",
    "-",
    "https://example.com/",
    "\u{202e}ekil siht",
];

/// What may befall one place of a document.
#[derive(Clone, Debug)]
enum Change {
    Replaced(Value),
    Nested,
    Removed,
}

/// What befalls a document.
#[derive(Clone, Debug)]
pub struct Mutations(Vec<(Index, Change)>);

/// Any JSON, small.
fn junk() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        select(&WORDS[..]).prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[a-zA-Z]{1,9}", inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

/// One to five changes.
pub fn mutations() -> impl Strategy<Value = Mutations> {
    let change = prop_oneof![
        4 => junk().prop_map(Change::Replaced),
        1 => Just(Change::Nested),
        2 => Just(Change::Removed),
    ];
    prop::collection::vec((any::<Index>(), change), 1..6).prop_map(Mutations)
}

impl Mutations {
    /// The document after them.
    pub fn of(&self, document: &Value) -> Value {
        let mut document = document.clone();
        for (index, change) in &self.0 {
            let mut found = Vec::new();
            places(&document, "", &mut found);
            let place = &found[index.index(found.len())];
            match change {
                Change::Replaced(junk) => replace(&mut document, place, |_| junk.clone()),
                Change::Nested => replace(&mut document, place, |value| Value::from(vec![value])),
                Change::Removed => remove(&mut document, place),
            }
        }
        document
    }

    /// The document whose list at `list`, a JSON pointer, has one more entry: a broken twin of the
    /// entry that `which` falls on, before or after it.
    pub fn beside(&self, document: &Value, list: &str, which: Index) -> Value {
        let mut document = document.clone();
        let entries = document.pointer_mut(list).and_then(Value::as_array_mut).unwrap();
        let place = which.index(2 * entries.len());
        let broken = self.of(&entries[place / 2]);
        entries.insert(place / 2 + place % 2, broken);
        document
    }
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

fn replace(document: &mut Value, place: &str, with: impl FnOnce(Value) -> Value) {
    if let Some(value) = document.pointer_mut(place) {
        *value = with(value.take());
    }
}

fn remove(document: &mut Value, place: &str) {
    let Some((parent, name)) = place.rsplit_once('/') else {
        return *document = Value::Null;
    };
    match document.pointer_mut(parent) {
        Some(Value::Object(fields)) => drop(fields.remove(name)),
        Some(Value::Array(items)) => drop(items.remove(name.parse().unwrap())),
        _ => {}
    }
}

/// The same answer, for as many requests as an adapter will make.
pub fn always(answer: Response<Vec<u8>>) -> impl Iterator<Item = Response<Vec<u8>>> {
    std::iter::repeat_n(answer, 64)
}

/// Puts every question to a service about one post. Whatever it answers is fine; a panic is not.
pub fn ask_everything(service: &dyn SchedulingService, post: &RemoteId) {
    let time = "2026-03-15T14:00:00Z".parse().unwrap();
    let queries =
        [ListQuery::Dated { from: time, to: time }, ListQuery::Drafts, ListQuery::RecentlyChanged];
    block_on(async {
        let _ = service.workspaces().await;
        let _ = service.channels().await;
        for query in &queries {
            let next = service.list(query, None).await.ok().and_then(|page| page.value.next);
            if next.is_some() {
                let _ = service.list(query, next.as_ref()).await;
            }
        }
        let _ = service.read(post, &[time]).await;
        let key = IdempotencyKey::generate();
        let both = Edit { text: Some("Hello".to_owned()), ..Edit::schedule(time) };
        let text = Edit::text("Hello");
        for edit in [Edit::move_to(time), Edit::pause(), Edit::schedule(time), text, both] {
            let _ = service.apply(post, &edit, &key).await;
        }
        for (channel, time) in [("2280", None), ("twitter-1", None), ("twitter-1", Some(time))] {
            let channel = RemoteId(channel.to_owned());
            let channels = vec![NewTarget { channel, network: "twitter".to_owned() }];
            let _ =
                service.create(&NewPost { text: "Hello".to_owned(), channels, time }, &key).await;
        }
        for act in [Act::PublishNow, Act::Retry, Act::Delete, Act::Skip] {
            let _ = service.act(post, act, &key).await;
        }
    });
}

/// Waits for a future, where a test cannot be asynchronous itself.
pub fn block_on<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}
