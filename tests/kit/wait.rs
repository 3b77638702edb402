//! Looking until something is so, or a deadline has passed.

use std::time::{Duration, Instant};

use crate::Result;

/// How long anything may take that has no time of its own: generous, because it only costs time
/// where a test fails.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// The longest that the app may wait before it tries again a service that was away.
pub const BACK_SOON: Duration = Duration::from_secs(90);

const BETWEEN_LOOKS: Duration = Duration::from_millis(50);

/// Looks until there is an answer.
///
/// # Errors
/// `what` was not so within `patience`; or a look failed.
pub async fn until<T>(
    what: impl Into<String>,
    patience: Duration,
    mut look: impl AsyncFnMut() -> Result<Option<T>>,
) -> Result<T> {
    let deadline = Instant::now() + patience;
    loop {
        if let Some(answer) = look().await? {
            return Ok(answer);
        }
        if Instant::now() > deadline {
            return Err(
                format!("within {} s there was no {}", patience.as_secs(), what.into()).into()
            );
        }
        tokio::time::sleep(BETWEEN_LOOKS).await;
    }
}
