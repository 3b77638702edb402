//! What an account's plan has refused, on disk.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};

use super::rows::{from_ms, to_ms};
use super::{StoreError, Tx};
use crate::model::AccountId;
use crate::service::PlanLimit;

/// What an account's plan refused last, and how far ahead it let posts be scheduled.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PlanRefusals {
    /// The last refusal that no success has followed, and when it came.
    pub limit: Option<(PlanLimit, DateTime<Utc>)>,
    /// The latest time that the plan allowed, and when it said so.
    pub horizon: Option<(DateTime<Utc>, DateTime<Utc>)>,
}

/// The stored form of a plan's limit.
#[derive(Serialize, Deserialize)]
struct StoredLimit {
    v: u32,
    sentence: String,
    code: Option<String>,
    metric: Option<String>,
    limit: Option<i64>,
    used: Option<i64>,
    remaining: Option<i64>,
    plan: Option<String>,
}

impl Tx<'_> {
    /// Notes that an account's plan has refused something.
    pub(crate) fn set_plan_limit(
        &self,
        account: &AccountId,
        refused: &PlanLimit,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let PlanLimit { sentence, code, metric, limit, used, remaining, plan, horizon } =
            refused.clone();
        let stored = StoredLimit { v: 1, sentence, code, metric, limit, used, remaining, plan };
        let json = serde_json::to_string(&stored)
            .map_err(|error| StoreError::Malformed(error.to_string()))?;
        self.0.execute(
            "UPDATE accounts SET plan_limit = ?2, plan_limit_at = ?3 WHERE id = ?1",
            params![account.as_str(), json, to_ms(at)],
        )?;
        if let Some(horizon) = horizon {
            self.0.execute(
                "UPDATE accounts SET horizon = ?2, horizon_at = ?3 WHERE id = ?1",
                params![account.as_str(), to_ms(horizon), to_ms(at)],
            )?;
        }
        Ok(())
    }

    /// Forgets what a post that was scheduled for `time` disproves; says whether there was any.
    pub(crate) fn disprove_plan_limit(
        &self,
        account: &AccountId,
        time: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let limits = self
            .0
            .prepare_cached(
                "UPDATE accounts SET plan_limit = NULL, plan_limit_at = NULL
                 WHERE id = ?1 AND plan_limit IS NOT NULL",
            )?
            .execute([account.as_str()])?;
        // What is told of the furthest time moves on with the days.
        let horizons = self
            .0
            .prepare_cached(
                "UPDATE accounts SET horizon = NULL, horizon_at = NULL
                 WHERE id = ?1 AND horizon + ?3 - horizon_at < ?2",
            )?
            .execute(params![account.as_str(), to_ms(time), to_ms(now)])?;
        Ok(limits + horizons > 0)
    }

    /// Forgets all that an account's plan has refused: its key is another now, and so may its plan.
    pub(crate) fn forget_plan_limits(&self, account: &AccountId) -> Result<(), StoreError> {
        self.0.execute(
            "UPDATE accounts SET plan_limit = NULL, plan_limit_at = NULL, horizon = NULL,
                 horizon_at = NULL
             WHERE id = ?1",
            [account.as_str()],
        )?;
        Ok(())
    }

    /// What an account's plan has refused.
    pub(crate) fn plan_refusals(&self, account: &AccountId) -> Result<PlanRefusals, StoreError> {
        type Columns = (Option<String>, Option<i64>, Option<i64>, Option<i64>);
        let row: Option<Columns> = self
            .0
            .prepare_cached(
                "SELECT plan_limit, plan_limit_at, horizon, horizon_at FROM accounts WHERE id = ?1",
            )?
            .query_row([account.as_str()], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            })
            .optional()?;
        let (json, at, horizon, horizon_at) = row.unwrap_or_default();
        let limit = match json {
            Some(json) => Some(limit_from_json(&json)?),
            None => None,
        };
        Ok(PlanRefusals {
            limit: limit.zip(at.map(from_ms)),
            horizon: horizon.map(from_ms).zip(horizon_at.map(from_ms)),
        })
    }
}

fn limit_from_json(json: &str) -> Result<PlanLimit, StoreError> {
    let stored: StoredLimit =
        serde_json::from_str(json).map_err(|error| StoreError::Malformed(error.to_string()))?;
    let StoredLimit { v, sentence, code, metric, limit, used, remaining, plan } = stored;
    if v != 1 {
        return Err(StoreError::Malformed(format!("a plan’s limit of form {v}")));
    }
    Ok(PlanLimit { sentence, code, metric, limit, used, remaining, plan, horizon: None })
}
