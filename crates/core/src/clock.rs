//! The seam to time. Nothing else in Rundown reads a clock.

use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, Utc};

/// The longest stretch slept at once: timers stand still while the machine sleeps, so the wall
/// clock is compared again at least this often.
const LONGEST_SLEEP: Duration = Duration::from_secs(30);

/// Tells the time and waits for it.
#[async_trait]
pub trait Clock: Send + Sync {
    /// The time now.
    fn now(&self) -> DateTime<Utc>;

    /// Waits until `time`, or for half a minute, whichever comes first.
    async fn sleep_towards(&self, time: DateTime<Utc>);
}

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

#[async_trait]
impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the seam")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }

    async fn sleep_towards(&self, time: DateTime<Utc>) {
        let left = (time - self.now()).to_std().unwrap_or(Duration::ZERO);
        tokio::time::sleep(left.min(LONGEST_SLEEP)).await;
    }
}
