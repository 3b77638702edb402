//! The demo's bookshop: Facebook, Instagram, Threads and Pinterest.

use super::Cast;
use super::When::Day;

pub(super) const CAST: Cast = Cast {
    channels: &[
        ("facebook", "104477889900112", "Fernhill Books", "Fernhill Books"),
        ("instagram", "17841423344556677", "fernhillbooks", "Fernhill Books"),
        ("threads", "17841423344556677", "fernhillbooks", "Fernhill Books"),
        ("pinterest", "889900112233445566", "fernhillbooks", "Fernhill Books"),
    ],
    posts: &[
        (
            Day(-13, 10, 0),
            &["facebook", "instagram"],
            "New on the table by the door: twelve novels under two hundred pages, for people with short train rides.",
        ),
        (
            Day(-11, 17, 30),
            &["threads"],
            "Overheard between poetry and gardening: \"Is it a sad book?\" \"Only in the middle.\"",
        ),
        (
            Day(-8, 10, 0),
            &["facebook"],
            "The reading group meets on Thursday at seven. You may come without having finished; you may not say how it ends.",
        ),
        (
            Day(-6, 12, 45),
            &["pinterest", "instagram"],
            "A shelf by colour, for one week only. We still found everything, mostly.",
        ),
        (
            Day(-3, 10, 15),
            &["threads", "facebook"],
            "Second-hand arrivals: a surveyor's library, complete with pressed leaves and margin notes.",
        ),
        (
            Day(-1, 16, 0),
            &["instagram"],
            "Window by Aylin: thirty paper boats, folded from proofs.",
        ),
        (
            Day(1, 10, 0),
            &["facebook", "threads"],
            "From today the shop opens at ten on Mondays, too. The kettle will be ready at half past.",
        ),
        (
            Day(3, 17, 0),
            &["instagram", "pinterest"],
            "Five picture books about weather, chosen by our youngest reader, who is six and strict.",
        ),
        (
            Day(5, 12, 0),
            &["facebook"],
            "Signed copies of the island atlas have arrived. We put eight aside for those who asked.",
        ),
        (
            Day(8, 10, 30),
            &["threads", "instagram"],
            "A question for the weekend: which book do you lend, knowing that it won't come back?",
        ),
        (
            Day(11, 18, 0),
            &["facebook", "instagram"],
            "Evening with the translator of \"The Salt Road\": thirty chairs, no tickets, come early.",
        ),
        (
            Day(13, 10, 0),
            &["pinterest"],
            "Spring list: twenty books for a garden, a balcony or a window sill.",
        ),
    ],
    drafts: &[
        (
            &["facebook", "threads"],
            "Stocktaking: closed on the last Friday. (Check the date with Marek.)",
        ),
        (&["instagram"], "Portraits of regulars with the book they came for. Ask first."),
    ],
};
