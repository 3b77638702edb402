//! The demo's bakery: Instagram, Threads, X, Mastodon and Bluesky.

use super::Cast;
use super::When::{Day, Minutes};

pub(super) const CAST: Cast = Cast {
    channels: &[
        ("instagram", "17841460012345678", "harbourbakery", "Harbour Bakery"),
        ("threads", "17841460012345678", "harbourbakery", "Harbour Bakery"),
        ("twitter", "2203457781", "harbourbakes", "Harbour Bakery"),
        ("mastodon", "110233445566", "bakery@harbour.town", "Harbour Bakery"),
        ("bluesky", "did:plc:h4rb0urbr34dzz7y", "harbourbakery.shop", "Harbour Bakery"),
    ],
    posts: &[
        (
            Day(-14, 6, 0),
            &["instagram", "threads"],
            "First batch of the week: walnut and rye, still crackling. Listen closely.",
        ),
        (
            Day(-13, 6, 0),
            &["twitter", "mastodon"],
            "Open until the bread runs out. Yesterday that was 13:20.",
        ),
        (
            Day(-11, 6, 30),
            &["instagram"],
            "Grandmother's plaited loaf, by popular demand, Thursdays only.",
        ),
        (
            Day(-10, 14, 0),
            &["bluesky", "mastodon"],
            "A regular asked why our croissants are darker than elsewhere. Answer: courage.",
        ),
        (
            Day(-8, 6, 0),
            &["instagram", "threads", "twitter"],
            "The ferry is late, the buns are not.",
        ),
        (
            Day(-7, 7, 15),
            &["mastodon"],
            "We give yesterday's bread to the sailing school. They claim it's for the gulls.",
        ),
        (
            Day(-6, 6, 0),
            &["instagram"],
            "Blood orange tart. It's back, and it is staying for three weeks.",
        ),
        (
            Day(-5, 16, 45),
            &["threads", "bluesky"],
            "Poll: seeds on top, or seeds inside? Wrong answers only.",
        ),
        (
            Day(-4, 6, 0),
            &["twitter", "instagram"],
            "Starter's birthday: eleven years old today, and still needs feeding twice a day.",
        ),
        (
            Day(-3, 6, 30),
            &["instagram", "mastodon"],
            "We milled our own spelt this morning. The whole street smells like a field.",
        ),
        (
            Day(-2, 6, 0),
            &["twitter"],
            "Small change in opening hours: from next week we open at 6:30 on Saturdays.",
        ),
        (
            Day(-1, 6, 0),
            &["instagram", "threads", "bluesky"],
            "Cardamom knots. That's it, that's the post.",
        ),
        (
            Minutes(-300),
            &["instagram", "twitter"],
            "Rain outside, ovens inside. Come and stand near the ovens.",
        ),
        (
            Minutes(225),
            &["instagram", "threads"],
            "Evening bake: a few olive loaves will be ready just before we close.",
        ),
        (
            Day(1, 6, 0),
            &["twitter", "mastodon", "bluesky"],
            "Fishermen's breakfast, every day from six: black coffee, buttered roll, no questions.",
        ),
        (
            Day(2, 6, 0),
            &["instagram"],
            "Two doughs, one braid, no plan. See how it turned out in the window.",
        ),
        (
            Day(2, 15, 0),
            &["mastodon", "twitter"],
            "שבת שלום לכל חברינו! החלות יוצאות מהתנור ביום שישי בשעה 10:00, ואפשר להזמין מראש.",
        ),
        (
            Day(3, 6, 30),
            &["instagram", "threads"],
            "Saturday means cinnamon. Saturday has always meant cinnamon.",
        ),
        (Day(4, 7, 0), &["bluesky"], "Closed today. Even sourdough rests."),
        (
            Day(5, 6, 0),
            &["instagram", "twitter"],
            "New week, new flour: a heritage wheat from the island, milled by Hanne.",
        ),
        (Day(6, 6, 0), &["threads", "mastodon"], "How to keep bread fresh: eat it faster."),
        (
            Day(7, 6, 0),
            &["instagram"],
            "Pretzel day! Salted by hand, twisted by Jonas, who learned it from a video and will not admit it.",
        ),
        (
            Day(8, 13, 30),
            &["twitter", "bluesky"],
            "We're baking for the lighthouse's 150th birthday. The cake will be tall. It will have a light.",
        ),
        (Day(9, 6, 0), &["instagram", "threads"], "Lighthouse cake, day one: foundations."),
        (
            Day(10, 6, 0),
            &["instagram", "mastodon"],
            "Lighthouse cake, day two: it leans, but so does the lighthouse.",
        ),
        (
            Day(11, 6, 30),
            &["twitter", "instagram", "bluesky"],
            "Happy 150th, dear lighthouse! Free slices at the pier from ten, while the wind allows.",
        ),
        (Day(13, 6, 0), &["threads"], "There's one slice left. It's the one with the light."),
        (
            Day(14, 6, 0),
            &["instagram", "twitter"],
            "Order now for the holiday: plaited loaves, almond wreaths, and the small round ones without a name.",
        ),
    ],
    drafts: &[
        (&["instagram", "threads"], "Summer ice cream sandwich: name ideas? (Ask the kids first.)"),
        (
            &["mastodon"],
            "A thread on why we stopped using plastic bags, and what went wrong on the way.",
        ),
    ],
};
