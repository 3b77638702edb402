//! The demo's sailing school: Instagram, LinkedIn, Facebook and YouTube.

use super::Cast;
use super::When::{Day, Failed};

pub(super) const CAST: Cast = Cast {
    channels: &[
        ("instagram", "3101", "@tidewatersailing", "Tidewater Sailing"),
        ("linkedin", "3102", "Tidewater Sailing School", "Tidewater Sailing School"),
        ("facebook", "3103", "Tidewater Sailing", "Tidewater Sailing"),
        ("youtube", "3104", "@tidewatersailing", "Tidewater Sailing"),
    ],
    posts: &[
        (
            Day(-13, 7, 30),
            &["instagram", "facebook"],
            "First boats in the water. The jetty is dry, the hulls are clean, the coffee is strong.",
        ),
        (
            Day(-10, 9, 0),
            &["linkedin"],
            "We trained eleven new instructors this winter. Four of them learned to sail here as children.",
        ),
        (
            Failed(-8, 18, 0),
            &["youtube"],
            "How to tie a bowline behind your back, and why you would want to.",
        ),
        (
            Day(-6, 7, 45),
            &["instagram"],
            "Fog until ten. We moved the lesson to the boathouse and mended sails instead.",
        ),
        (
            Day(-4, 12, 0),
            &["facebook", "linkedin"],
            "Safety report for last season: 1,940 hours on the water, three capsizes, all of them on purpose.",
        ),
        (
            Day(-1, 8, 0),
            &["instagram", "youtube"],
            "Ninety seconds on reading the wind from the flag over the fish market.",
        ),
        (
            Day(1, 8, 0),
            &["instagram", "facebook"],
            "Evening sailing begins on Tuesday. Bring a jumper, whatever the forecast says.",
        ),
        (
            Day(3, 9, 30),
            &["linkedin"],
            "We lend our smaller boats to schools on weekday mornings. Teachers, write to us: it costs nothing.",
        ),
        (
            Day(5, 7, 30),
            &["instagram"],
            "High water at noon, light wind from the west: a good day for a first tack.",
        ),
        (
            Day(6, 18, 0),
            &["youtube", "facebook"],
            "A whole lesson, uncut: what six beginners say to each other in one small boat.",
        ),
        (
            Day(10, 8, 0),
            &["facebook"],
            "The harbour race is in two weeks. The course is short, the prize is soup.",
        ),
        (
            Day(13, 9, 0),
            &["instagram", "linkedin"],
            "Three places left in the navigation course: charts, tides, and a night on the estuary.",
        ),
    ],
    drafts: &[(
        &["facebook", "instagram"],
        "Lost property: eleven left gloves. Wait for the photo from Kasper.",
    )],
};
