//! Replace an account's key, once it is known to be of the same account.

use secrecy::SecretString;

use super::{
    check_failed, clean_key, no_such_account, refuse_this_computer, refused_to_open,
    shares_a_channel,
};
use crate::app::App;
use crate::error::{Error, ErrorCode};
use crate::events::Event;
use crate::model::{AccountId, Health, KeepKey};

impl App {
    /// Checks a new key with the service and keeps it in place of the old one.
    ///
    /// # Errors
    /// `NotFound`, `NotPossible`, `DifferentAccount`, and those of [`connect`](Self::connect). The old key stays
    /// then.
    pub async fn replace_key(
        &self,
        id: &AccountId,
        key: &SecretString,
        keep: KeepKey,
    ) -> Result<(), Error> {
        let key = clean_key(key)?;
        let (account, known) = self.store.read(|tx| Ok((tx.account(id)?, tx.channels(id)?)))?;
        let account = account.ok_or_else(no_such_account)?;
        refuse_this_computer(&account, "has no key")?;
        let info = self.service_info(&account.address.kind);
        let service = self
            .catalogue
            .open(&account.address, key.clone())
            .map_err(|error| refused_to_open(&error))?;
        let channels = service.channels().await;
        self.count_check(&account.address, &key, service.as_ref());
        let channels = channels
            .map_err(|error| check_failed(&info.name, &account.address.base_url, &error))?
            .value;
        let is_same = known.is_empty()
            || shares_a_channel(known.iter().map(|channel| &channel.remote), &channels);
        if !is_same {
            return Err(Error::new(
                ErrorCode::DifferentAccount,
                format!(
                    "This key is of another {} account than “{}”: none of its channels match. To \
                     use both, add it as an account of its own.",
                    info.name, account.label
                ),
            ));
        }
        self.secrets(keep).set(id, &key).await?;
        if account.key_kept != keep {
            self.forget_key(id, account.key_kept).await?;
        }
        self.store.write::<_, Error>(|tx| {
            tx.set_key_kept(id, keep)?;
            tx.set_health(id, &Health::checking())?;
            tx.forget_plan_limits(id)?;
            Ok(())
        })?;
        self.emit(Event::AccountsChanged);
        self.reopen_lane(id);
        Ok(())
    }
}
