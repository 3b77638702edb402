//! Accounts and their channels on disk.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Row, params};
use url::Url;

use super::rows::{from_ms, to_ms};
use super::{StoreError, Tx};
use crate::model::{
    Account, AccountId, Channel, ChannelId, Colour, Health, HealthState, KeepKey, RemoteId,
    ServiceAddress, ServiceKind, Workspace,
};
use crate::service::RemoteChannel;

impl Tx<'_> {
    /// All accounts in the user's order, This computer last.
    pub(crate) fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        let mut query =
            self.0.prepare_cached("SELECT * FROM accounts ORDER BY kind = ?1, position")?;
        let rows = query.query_and_then([ServiceKind::this_computer().0], account_from)?;
        rows.collect()
    }

    /// One account.
    pub(crate) fn account(&self, id: &AccountId) -> Result<Option<Account>, StoreError> {
        let mut query = self.0.prepare_cached("SELECT * FROM accounts WHERE id = ?1")?;
        query.query_and_then([id.as_str()], account_from)?.next().transpose()
    }

    /// Adds an account after the others.
    pub(crate) fn insert_account(&self, account: &Account) -> Result<(), StoreError> {
        let workspace = account.address.workspace.as_ref();
        self.0.execute(
            "INSERT INTO accounts (id, position, kind, base_url, label, key_kept, health, health_message,
                 workspace, workspace_name, managed_user, colour)
             VALUES (?1, (SELECT COALESCE(MAX(position), 0) + 1 FROM accounts), ?2, ?3, ?4, ?5, ?6, ?7,
                 ?8, ?9, ?10, ?11)",
            params![
                account.id.as_str(),
                account.address.kind.0,
                account.address.base_url.as_str(),
                account.label,
                keep_word(account.key_kept),
                account.health.state.word(),
                account.health.message,
                workspace.map(|workspace| workspace.id.as_str()),
                workspace.map(|workspace| workspace.name.as_str()),
                account.address.managed_user.as_ref().map(RemoteId::as_str),
                account.colour.map(Colour::word),
            ],
        )?;
        Ok(())
    }

    /// Removes an account with all that is kept of it.
    pub(crate) fn delete_account(&self, id: &AccountId) -> Result<(), StoreError> {
        self.0.execute("DELETE FROM accounts WHERE id = ?1", [id.as_str()])?;
        Ok(())
    }

    /// Notes how an account is doing; says whether that is news.
    pub(crate) fn set_health(&self, id: &AccountId, health: &Health) -> Result<bool, StoreError> {
        let changed = self.0.execute(
            "UPDATE accounts SET health = ?2, health_message = ?3
             WHERE id = ?1 AND (health <> ?2 OR health_message IS NOT ?3)",
            params![id.as_str(), health.state.word(), health.message],
        )?;
        Ok(changed > 0)
    }

    /// Notes where an account's key is kept from now on.
    pub(crate) fn set_key_kept(&self, id: &AccountId, keep: KeepKey) -> Result<(), StoreError> {
        self.0.execute(
            "UPDATE accounts SET key_kept = ?2 WHERE id = ?1",
            params![id.as_str(), keep_word(keep)],
        )?;
        Ok(())
    }

    /// Gives an account another name; says whether it is there.
    pub(crate) fn set_label(&self, id: &AccountId, label: &str) -> Result<bool, StoreError> {
        let found = self
            .0
            .execute("UPDATE accounts SET label = ?2 WHERE id = ?1", params![id.as_str(), label])?;
        Ok(found > 0)
    }

    /// Gives an account another colour; says whether it is there.
    pub(crate) fn set_colour(&self, id: &AccountId, colour: Colour) -> Result<bool, StoreError> {
        let found = self.0.execute(
            "UPDATE accounts SET colour = ?2 WHERE id = ?1",
            params![id.as_str(), colour.word()],
        )?;
        Ok(found > 0)
    }

    /// Keeps the accounts in this order.
    pub(crate) fn set_order(&self, order: &[AccountId]) -> Result<(), StoreError> {
        for (position, id) in (1_i64..).zip(order) {
            self.0.execute(
                "UPDATE accounts SET position = ?2 WHERE id = ?1",
                params![id.as_str(), position],
            )?;
        }
        Ok(())
    }

    /// Takes a channel's lane off the timeline; says whether the channel is there.
    pub(crate) fn hide_channel(&self, id: &ChannelId) -> Result<bool, StoreError> {
        let hide = "UPDATE channels SET hidden = 1 WHERE id = ?1";
        Ok(self.0.execute(hide, [id.as_str()])? > 0)
    }

    /// Puts a channel's lane back on the timeline; says whether the channel is there.
    pub(crate) fn show_channel(&self, id: &ChannelId) -> Result<bool, StoreError> {
        let show = "UPDATE channels SET hidden = 0 WHERE id = ?1";
        Ok(self.0.execute(show, [id.as_str()])? > 0)
    }

    /// When everything at the account was last read.
    pub(crate) fn swept_at(&self, id: &AccountId) -> Result<Option<DateTime<Utc>>, StoreError> {
        let at: Option<Option<i64>> = self
            .0
            .query_row("SELECT swept_at FROM accounts WHERE id = ?1", [id.as_str()], |row| {
                row.get(0)
            })
            .optional()?;
        Ok(at.flatten().map(from_ms))
    }

    /// Notes that everything at the account has been read.
    pub(crate) fn set_swept_at(&self, id: &AccountId, at: DateTime<Utc>) -> Result<(), StoreError> {
        self.0.execute(
            "UPDATE accounts SET swept_at = ?2 WHERE id = ?1",
            params![id.as_str(), to_ms(at)],
        )?;
        Ok(())
    }

    /// The channels of an account in the service's order.
    pub(crate) fn channels(&self, account: &AccountId) -> Result<Vec<Channel>, StoreError> {
        let mut query =
            self.0.prepare_cached("SELECT * FROM channels WHERE account = ?1 ORDER BY position")?;
        let rows = query.query_and_then([account.as_str()], channel_from)?;
        rows.collect()
    }

    /// How many channels an account has.
    pub(crate) fn channel_count(&self, account: &AccountId) -> Result<u32, StoreError> {
        Ok(self
            .0
            .prepare_cached("SELECT COUNT(*) FROM channels WHERE account = ?1")?
            .query_row([account.as_str()], |row| row.get(0))?)
    }

    /// Takes over an account's channels as the service lists them; says whether anything changed.
    /// A channel that is no longer listed stays, since posts may still stand in its lane.
    pub(crate) fn merge_channels(
        &self,
        account: &AccountId,
        listed: &[RemoteChannel],
    ) -> Result<bool, StoreError> {
        let mut changed = 0;
        for (position, channel) in listed.iter().enumerate() {
            changed += self.0.execute(
                "INSERT INTO channels (id, account, remote, position, network, name, handle, problem)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
                 ON CONFLICT (account, remote) DO UPDATE SET
                     position = excluded.position, network = excluded.network,
                     name = excluded.name, handle = excluded.handle, problem = excluded.problem
                 WHERE (position, network, name, handle, problem)
                     IS NOT (excluded.position, excluded.network, excluded.name, excluded.handle, excluded.problem)",
                params![
                    ChannelId::generate().as_str(),
                    account.as_str(),
                    channel.id.as_str(),
                    i64::try_from(position).unwrap_or(i64::MAX),
                    channel.network,
                    channel.name,
                    channel.handle,
                    channel.problem,
                ],
            )?;
        }
        Ok(changed > 0)
    }

    /// The channel a post names, made where the service has not listed it (yet).
    pub(super) fn channel_for(
        &self,
        account: &AccountId,
        remote: &RemoteId,
        network: &str,
    ) -> Result<ChannelId, StoreError> {
        let known: Option<String> = self
            .0
            .prepare_cached("SELECT id FROM channels WHERE account = ?1 AND remote = ?2")?
            .query_row([account.as_str(), remote.as_str()], |row| row.get(0))
            .optional()?;
        if let Some(id) = known {
            return Ok(ChannelId::from(id));
        }
        let id = ChannelId::generate();
        self.0.execute(
            "INSERT INTO channels (id, account, remote, position, network, name)
             VALUES (?1, ?2, ?3, 1000, ?4, ?3)",
            params![id.as_str(), account.as_str(), remote.as_str(), network],
        )?;
        Ok(id)
    }
}

fn keep_word(keep: KeepKey) -> &'static str {
    match keep {
        KeepKey::Keychain => "keychain",
        KeepKey::Session => "session",
    }
}

fn account_from(row: &Row<'_>) -> Result<Account, StoreError> {
    let base_url: String = row.get("base_url")?;
    let health: String = row.get("health")?;
    let kept: String = row.get("key_kept")?;
    let workspace: Option<String> = row.get("workspace")?;
    let workspace_name: Option<String> = row.get("workspace_name")?;
    let colour: Option<String> = row.get("colour")?;
    Ok(Account {
        id: AccountId::from(row.get::<_, String>("id")?),
        label: row.get("label")?,
        colour: colour.as_deref().and_then(Colour::from_word),
        address: ServiceAddress {
            kind: ServiceKind(row.get("kind")?),
            base_url: Url::parse(&base_url)
                .map_err(|_| StoreError::Malformed(format!("the address {base_url}")))?,
            workspace: workspace
                .map(|id| Workspace { id: RemoteId(id), name: workspace_name.unwrap_or_default() }),
            managed_user: row.get::<_, Option<String>>("managed_user")?.map(RemoteId),
        },
        key_kept: if kept == "session" { KeepKey::Session } else { KeepKey::Keychain },
        health: Health {
            state: HealthState::from_word(&health),
            message: row.get("health_message")?,
        },
    })
}

fn channel_from(row: &Row<'_>) -> Result<Channel, StoreError> {
    Ok(Channel {
        id: ChannelId::from(row.get::<_, String>("id")?),
        account: AccountId::from(row.get::<_, String>("account")?),
        remote: RemoteId(row.get("remote")?),
        network: row.get("network")?,
        name: row.get("name")?,
        handle: row.get("handle")?,
        problem: row.get("problem")?,
        hidden: row.get("hidden")?,
    })
}
