//! What only Publora's dashboard could command, and what is selected of its documents.

use super::generation::Generation;
use super::past_time::PastTime;
use super::quirks::{Deletion, PausedTime, Quirks};
use crate::family::{Handle, User, is_object_id};

impl Handle<Quirks> {
    /// Adds a user whom the owner of `key` manages. The id stands for a key wherever this handle
    /// asks for one; a call acts for the user by naming it in `x-publora-user-id`.
    ///
    /// # Panics
    /// There is no user with that key, or the id is not 24 hexadecimal digits.
    pub fn add_managed_user(&self, key: &str, id: &str) {
        assert!(is_object_id(id), "{id} is not an id of 24 hexadecimal digits");
        let plan = self.with(|state, _| state.plan(key));
        assert!(plan.is_some(), "there is no Publora user with that key");
        let managed_by = Some(key.to_owned());
        let user = plan.map(|plan| User { plan, connections: Vec::new(), managed_by });
        self.with(|state, _| state.users.extend(user.map(|user| (id.to_owned(), user))));
    }

    /// Selects the documents that the server follows.
    pub fn set_generation(&self, generation: Generation) {
        self.with(|state, _| state.own.generation = generation);
    }

    /// Selects what happens to a time that has passed, whatever the generation says.
    pub fn set_past_time(&self, past_time: PastTime) {
        self.with(|state, _| state.own.past_time = Some(past_time));
    }

    /// Selects what a pause does to the time.
    pub fn set_paused_time(&self, paused_time: PausedTime) {
        self.with(|state, _| state.own.paused_time = paused_time);
    }

    /// Selects what can be deleted.
    pub fn set_deletion(&self, deletion: Deletion) {
        self.with(|state, _| state.own.deletion = deletion);
    }

    /// Lets the next call with an `Idempotency-Key` find an earlier one in flight: 409
    /// `IDEMPOTENCY_IN_FLIGHT`. It is neither applied nor kept.
    pub fn set_idempotency_in_flight_once(&self) {
        self.with(|state, _| state.own.in_flight_once = true);
    }

    /// Lets the next update that would have been applied find that another write came first: 409
    /// `POST_GROUP_VERSION_CONFLICT`.
    pub fn set_version_conflict_once(&self) {
        self.with(|state, _| state.own.version_conflict_once = true);
    }

    /// Lets the next deletion of a post that is there find that an edit came first: 409
    /// `POST_CHANGED`, and nothing is deleted.
    pub fn set_post_changed_once(&self) {
        self.with(|state, _| state.own.changed_once = true);
    }
}
