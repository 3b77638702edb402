//! Which posts of the demo have pictures: what goes to a network of pictures has one, and these have
//! others.

const OTHERS: [(&str, usize); 6] = [
    ("Before and after: the ferry timetable", 2),
    ("Last night in nine pictures", 9),
    ("Case study: how a city library", 3),
    ("A shelf by colour", 2),
    ("Five picture books", 5),
    ("Ask us anything about timetables", 1),
];

/// A post with a video, which nobody fetches.
const FILMED: &str = "The talk from last week is online";

const NETWORKS: [&str; 2] = ["instagram", "pinterest"];

/// The addresses of a post's pictures, below `base`.
pub(super) fn of(text: &str, networks: &[&str], base: &str) -> Vec<String> {
    if text.starts_with(FILMED) {
        return vec![format!("{base}/talk.mp4")];
    }
    let other = OTHERS.iter().find(|(beginning, _)| text.starts_with(beginning));
    let is_visual = networks.iter().any(|network| NETWORKS.contains(network));
    let count = other.map_or(usize::from(is_visual), |(_, count)| *count);
    // The same post has the same pictures every day.
    let first = text.len();
    (first..first + count).map(|number| format!("{base}/{number}.png")).collect()
}
