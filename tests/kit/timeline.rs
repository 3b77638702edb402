//! The timeline as it stands on the screen: cards, and where a time lies on the axis.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::Result;

/// So near to the edges a drag scrolls the timeline, and the axis would move under the test's hand.
const EDGE: f64 = 64.0;

/// A card with what it says of its post.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Card {
    /// The service's id of the post.
    pub remote: String,
    /// What is asked for: `draft`, `scheduled`, …
    pub status: String,
    /// For when it is asked for.
    pub time: Option<DateTime<Utc>>,
    /// What the service confirmed.
    pub confirmed_status: Option<String>,
    /// The time that the service confirmed.
    pub confirmed_time: Option<DateTime<Utc>>,
    /// `synced`, `waiting`, `sending`, `needs-you` or `conflict`.
    pub sync: String,
    /// The lane's channel; none among the drafts.
    pub channel: Option<String>,
    /// The accessible name.
    pub name: String,
    x: f64,
    y: f64,
    width: f64,
    height: f64,
}

impl Card {
    /// Whether everything asked for is confirmed.
    pub fn is_synced(&self) -> bool {
        self.sync == "synced"
    }

    /// The card's middle, in pixels from the window's corner.
    pub(crate) fn middle(&self) -> (i64, i64) {
        (whole(self.x + self.width / 2.0), whole(self.y + self.height / 2.0))
    }
}

/// The time axis: what it shows, and where.
#[derive(Clone, Debug, Deserialize)]
pub struct Axis {
    /// The time at its left end.
    pub from: DateTime<Utc>,
    /// The time at its right end.
    pub to: DateTime<Utc>,
    x: f64,
    width: f64,
}

impl Axis {
    /// Where `time` lies, in pixels from the window's left.
    ///
    /// # Errors
    /// The axis does not show it, or so near to an edge that a drag there would scroll.
    pub fn x_of(&self, time: DateTime<Utc>) -> Result<i64> {
        #[expect(
            clippy::cast_precision_loss,
            reason = "months of milliseconds fit a float's 53 bits"
        )]
        let ratio = (time - self.from).num_milliseconds() as f64
            / (self.to - self.from).num_milliseconds() as f64;
        let x = self.x + ratio * self.width;
        if x < self.x + EDGE || x > self.x + self.width - EDGE {
            let (from, to) = (self.from, self.to);
            return Err(format!("the axis from {from} to {to} has no room for {time}").into());
        }
        Ok(whole(x))
    }
}

fn whole(pixels: f64) -> i64 {
    pixels.round() as i64
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    #[test]
    fn a_time_lies_in_proportion_between_the_ends_and_not_at_their_edges() {
        let from = DateTime::UNIX_EPOCH;
        let axis = Axis { from, to: from + TimeDelta::hours(10), x: 200.0, width: 1_000.0 };
        assert_eq!(axis.x_of(from + TimeDelta::hours(5)).unwrap(), 700);
        assert!(axis.x_of(from).is_err());
        assert!(axis.x_of(from + TimeDelta::hours(11)).is_err());
    }
}
