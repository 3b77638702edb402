//! Medians and percentiles of samples.

use std::time::Duration;

/// The smallest sample that `percent` of all samples do not exceed; not a number without samples.
pub fn percentile(samples: &[f64], percent: usize) -> f64 {
    let mut sorted = samples.to_vec();
    sorted.sort_by(f64::total_cmp);
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied().unwrap_or(f64::NAN)
}

/// The sample in the middle.
pub fn median(samples: &[f64]) -> f64 {
    percentile(samples, 50)
}

/// A duration in milliseconds.
pub fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1_000.0
}

/// The smallest and the largest sample, for people.
pub fn span(samples: &[f64]) -> String {
    format!("{:.1} to {:.1} ms", percentile(samples, 0), percentile(samples, 100))
}
