//! Where a post stands. Status and time are one field: neither means anything without the other.

use chrono::{DateTime, SubsecRound, Utc};

use super::PostStatus;

/// A post's status together with its time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The status.
    pub status: PostStatus,
    /// The time it goes, or went, out. A draft may have one that means nothing yet.
    pub time: Option<DateTime<Utc>>,
}

impl Standing {
    /// A draft without a time.
    pub fn draft() -> Self {
        Self { status: PostStatus::Draft, time: None }
    }

    /// A post that goes out at `time`.
    pub fn scheduled(time: DateTime<Utc>) -> Self {
        Self { status: PostStatus::Scheduled, time: Some(time) }
    }

    /// Whether both mean the same for publication. A draft's time means nothing, and services
    /// disagree on whether they keep it, so two drafts are the same whatever their times.
    pub fn same_as(&self, other: &Self) -> bool {
        self.status == other.status
            && (self.status == PostStatus::Draft || same_time(self.time, other.time))
    }

    /// When this goes out, if it is going to: the time of a scheduled post.
    pub fn goes_out_at(&self) -> Option<DateTime<Utc>> {
        match self.status {
            PostStatus::Scheduled => self.time,
            _ => None,
        }
    }
}

/// Times are compared to the second: some services drop the milliseconds they were sent.
fn same_time(a: Option<DateTime<Utc>>, b: Option<DateTime<Utc>>) -> bool {
    a.map(|time| time.trunc_subsecs(0)) == b.map(|time| time.trunc_subsecs(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn two_drafts_are_the_same_whatever_time_the_service_kept() {
        let kept = Standing { status: PostStatus::Draft, time: Some(at("2026-03-20T09:00:00Z")) };
        assert!(kept.same_as(&Standing::draft()));
    }

    #[test]
    fn milliseconds_do_not_make_another_time() {
        let sent = Standing::scheduled(at("2026-03-20T09:00:00.400Z"));
        assert!(sent.same_as(&Standing::scheduled(at("2026-03-20T09:00:00Z"))));
        assert!(!sent.same_as(&Standing::scheduled(at("2026-03-20T09:01:00Z"))));
    }
}
