//! The 2,000 posts, at the service.

use rundown_practice::{Practice, seed};
use rundown_tests::API_KEY;

/// How many posts there are.
pub const POSTS: usize = 2_000;

/// Fills the service's account: six channels, and the posts spread evenly over 90 days to either
/// side of now, which makes about eighty a week.
pub fn fill(practice: &Practice) {
    let postpost = practice.postpost();
    for platform in ["instagram", "bluesky", "mastodon", "threads"] {
        postpost.add_connection(API_KEY, &format!("{platform}-bench1"), "studio", "Studio");
    }
    // The oldest lies a moment before what Rundown reads.
    seed::bulk(practice, API_KEY, POSTS + 1, practice.clock().now());
}
