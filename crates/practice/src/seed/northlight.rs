//! The demo's design studio: LinkedIn, X, Instagram, Bluesky, Mastodon and Threads.

use super::Cast;
use super::When::{Day, Failed, Minutes, Partly};

pub(super) const CAST: Cast = Cast {
    channels: &[
        ("linkedin", "Nw8K2pQfTz", "Northlight Studio", "Northlight Studio"),
        ("twitter", "1480231175", "northlight_st", "Northlight"),
        ("instagram", "17841405793187218", "northlight.studio", "Northlight Studio"),
        // Returned in this form by PostPost, although its create-post would not take it.
        ("bluesky", "did:plc:q7x2kd5mvb3n4r6t", "northlight.design", "Northlight"),
        ("mastodon", "109876543210", "northlight@typo.social", "Northlight"),
        ("threads", "17841405793187218", "northlight.studio", "Northlight Studio"),
    ],
    posts: &[
        (
            Day(-14, 9, 0),
            &["linkedin", "twitter"],
            "We moved in on Monday, and the kettle already has a name. If you are near the old print works: the door with the yellow letters is ours.",
        ),
        (
            Day(-13, 12, 30),
            &["instagram", "threads"],
            "Paper samples for the museum's autumn guide. The third from the left is the one everybody touches first.",
        ),
        (
            Day(-12, 8, 15),
            &["mastodon", "bluesky"],
            "A small tool we use every day is now open source: it checks whether two colours can be told apart at dusk on a cheap phone.",
        ),
        (
            Day(-11, 15, 0),
            &["linkedin"],
            "Hiring: a designer who likes forms. Yes, forms. Fields, labels, errors, the lot. Part-time is fine, remote within two hours of CET is fine, a portfolio of one great form is fine.",
        ),
        (
            Day(-10, 9, 45),
            &["twitter", "bluesky", "mastodon"],
            "Reminder to self and others: the best empty state is the one that tells you what to do next.",
        ),
        (
            Partly(-9, 10, 0),
            &["linkedin", "twitter", "instagram"],
            "Before and after: the ferry timetable. Same data, half the ink, and you can read it with wet hands.",
        ),
        (
            Day(-8, 17, 20),
            &["threads"],
            "Friday question: which everyday object has the best instructions printed on it? We'll start: the matchbox.",
        ),
        (
            Day(-7, 9, 0),
            &["linkedin", "twitter"],
            "Case study: how a city library went from eleven kinds of shelf label to two. With pictures of all eleven, because we miss some of them.",
        ),
        (Day(-6, 13, 10), &["instagram"], "Ink day. Nobody wore white."),
        (
            Day(-5, 8, 30),
            &["bluesky", "mastodon"],
            "Today's type nerd note: the comma in this typeface is slightly too proud of itself, and we love it.",
        ),
        (
            Failed(-4, 16, 0),
            &["threads"],
            "Behind the scenes of Saturday's shoot: one lamp, one ladder, and forty-two oranges.",
        ),
        (
            Day(-3, 9, 30),
            &["linkedin"],
            "We wrote down everything we know about naming things in interfaces. It fits on one page; that took the longest. Link in the comments.",
        ),
        (
            Day(-2, 12, 0),
            &["twitter", "threads", "bluesky"],
            "If your colour palette needs a legend, it's a map.",
        ),
        (
            Day(-1, 9, 0),
            &["linkedin", "instagram"],
            "Meet the newest Northlighter: Ines joins us from signage and already found three typos in the building.",
        ),
        (
            Day(-1, 15, 40),
            &["mastodon"],
            "Our colour tool got its hundredth star and its first bug report in verse. Both made our week.",
        ),
        (
            Minutes(-400),
            &["twitter", "bluesky"],
            "Good morning from a studio that smells of fresh plywood.",
        ),
        (
            Minutes(-130),
            &["linkedin"],
            "The talk from last week is online: \"Timetables, rosters, rundowns: designing for people who are late\". Forty minutes, with captions and a transcript.",
        ),
        (
            Minutes(40),
            &["linkedin", "twitter", "bluesky"],
            "Doors open tonight at six: open studio, bring a friend, leave with a poster. The press is warm.",
        ),
        (
            Day(1, 9, 0),
            &["linkedin"],
            "Thank you to everyone who squeezed in yesterday! We counted 112 people, 96 posters, and one very patient dog.\n\nA few of you asked how the poster came about, so here is the long version. It began as a mistake. The first proof came out with the red plate two millimetres to the left, and instead of a clean edge every letter had a thin, bright seam. We pinned it up to laugh at it, and then nobody took it down. A week later it had company: the blue plate, moved up; the yellow one, turned by a degree.\n\nWhat we had been trying to say with a slogan, the seams said by themselves: this was made by people, by hand, in a hurry, with care. So we threw the slogan out, kept the mistake, and printed all ninety-six with a different one.\n\nIf yours looks wrong, it is right. If it looks right, come by and we will swap it.\n\nThe next open studio is in spring. Until then: the archive is online, the files are free for schools, and the kettle is on most days after ten.",
        ),
        (
            Day(1, 16, 30),
            &["instagram", "threads"],
            "Last night in nine pictures 📸✨ (swipe for the dog 🐕)",
        ),
        (
            Day(2, 8, 20),
            &["mastodon", "bluesky"],
            "Version 1.3 of the colour tool: it now speaks Welsh, Finnish and Portuguese. Diolch, kiitos, obrigado!",
        ),
        (Day(2, 12, 15), &["twitter"], "A deadline is just a date with a good lawyer."),
        (
            Day(3, 10, 0),
            &["linkedin", "twitter", "mastodon"],
            "New essay: \"Calm is a feature\". On interfaces that do not blink, bounce, or congratulate you.",
        ),
        (Day(4, 9, 0), &["instagram"], "Sketchbook Sunday. Page 214, coffee ring included."),
        (
            Day(5, 8, 45),
            &["twitter", "threads", "bluesky", "mastodon"],
            "🎉🖨️🦊 100 posters, 0 repeats! 👩🏽‍🎨👨‍🎨 Grazie 🇮🇹 tack 🇸🇪 ありがとう 🇯🇵 obrigado 🇧🇷 ❤️‍🔥",
        ),
        (
            Day(6, 14, 0),
            &["linkedin"],
            "We are looking for a bindery that can handle a book with a hole in it. Serious enquiries only. It is a very good hole.",
        ),
        (
            Day(7, 9, 0),
            &["linkedin", "twitter"],
            "Two places left in the March workshop on writing for small screens. You need a pencil and one sentence that is too long.",
        ),
        (
            Day(8, 11, 30),
            &["instagram", "threads"],
            "Wood type, size 48 line, two hundred years old and still sharper than us on a Monday.",
        ),
        (
            Day(9, 10, 0),
            &["bluesky"],
            "We test every interface with sunglasses on. You would be surprised.",
        ),
        (
            Day(10, 9, 15),
            &["linkedin"],
            "The museum's autumn guide is at the printer. 64 pages, three inks, one fold that took six prototypes.",
        ),
        (
            Day(11, 13, 0),
            &["twitter", "mastodon"],
            "Ask us anything about timetables. This is not a joke, we have opinions.",
        ),
        (
            Day(13, 9, 0),
            &["linkedin", "instagram", "threads"],
            "Save the date: the spring open studio. Same press, new mistakes.",
        ),
        (
            Day(14, 8, 30),
            &["bluesky", "twitter"],
            "Half of good design is deleting; the other half is remembering what it said.",
        ),
    ],
    drafts: &[
        (
            &["linkedin"],
            "Draft: what we charge, and why we publish it. (Waiting for Ines to check the numbers.)",
        ),
        (&["twitter", "bluesky"], "Something about the fold. \"It opens twice\"?"),
        (&["instagram"], "Portrait series, part one. Ask Tomasz before posting his."),
    ],
};
