//! The seam to the scheduling services: what an adapter can be asked, and how it may fail.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use secrecy::SecretString;

use crate::model::{
    Act, Capabilities, Edit, IdempotencyKey, Media, PostStatus, RemoteId, ServiceAddress,
    ServiceKind, Standing, Workspace,
};

/// The services Rundown can connect to.
pub trait ServiceCatalogue: Send + Sync {
    /// What the connect form offers, in its order.
    fn services(&self) -> Vec<ServiceInfo>;

    /// An adapter for one account. Makes no request.
    ///
    /// # Errors
    /// [`OpenError`] where the address or the key cannot be this service's.
    fn open(
        &self,
        address: &ServiceAddress,
        key: SecretString,
    ) -> Result<Arc<dyn SchedulingService>, OpenError>;
}

/// A service as the connect form shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceInfo {
    /// Its name in the store.
    pub kind: ServiceKind,
    /// Its name for people.
    pub name: String,
    /// Where it is reached unless the user says otherwise.
    pub base_url: String,
    /// What a key looks like.
    pub key_hint: String,
    /// Where a key is to be had.
    pub key_help_url: String,
    /// Whether an account is of one of several workspaces behind its key.
    pub has_workspaces: bool,
    /// Whether a key can act for managed users.
    pub has_managed_users: bool,
    /// What it can do.
    pub capabilities: Capabilities,
    /// How many requests its documents allow.
    pub limits: Vec<RequestLimit>,
}

/// How many requests a service allows within a span of time, as its documents say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestLimit {
    /// How many.
    pub requests: u32,
    /// Within how long.
    pub per: TimeDelta,
    /// Which of them.
    pub counts: Counted,
}

/// Which requests a limit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Each.
    All,
    /// Those that create a post.
    Creations,
}

impl RequestLimit {
    /// A limit of all requests.
    pub const fn of_all(requests: u32, per: TimeDelta) -> Self {
        Self { requests, per, counts: Counted::All }
    }

    /// A limit of creations alone.
    pub const fn of_creations(requests: u32, per: TimeDelta) -> Self {
        Self { requests, per, counts: Counted::Creations }
    }
}

/// Why an adapter could not be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// No adapter of this name.
    #[error("Rundown does not know the service “{0}”.")]
    UnknownService(String),
    /// The key has the prefix of another service.
    #[error(
        "This is a key of {belongs_to}, so it was not sent. Paste a key of the service chosen above."
    )]
    WrongKeyKind {
        /// The service whose prefix it has.
        belongs_to: String,
    },
    /// The key has characters that no HTTP header can carry.
    #[error(
        "A key has only letters, digits and signs, and no spaces or line breaks inside. Copy it again from the service."
    )]
    MalformedKey,
}

/// One account at one service. Every method is one task; none retries.
#[async_trait]
pub trait SchedulingService: Send + Sync {
    /// How many requests it has made since it was opened; a task may take several. None where it
    /// does not count them: each task is taken for one then.
    fn requests_made(&self) -> Option<u64> {
        None
    }

    /// The workspaces behind the key, where the service has any: an account is of one of them.
    async fn workspaces(&self) -> Result<Answer<Vec<Workspace>>, ServiceError> {
        Ok(Answer { value: Vec::new(), heard: Heard::default() })
    }

    /// The channels behind the account.
    async fn channels(&self) -> Result<Answer<Vec<RemoteChannel>>, ServiceError>;

    /// One page of a list; `None` asks for the first.
    async fn list(
        &self,
        query: &ListQuery,
        page: Option<&PageToken>,
    ) -> Result<Answer<Page>, ServiceError>;

    /// One post as it is now. `near` are times it may stand at, for services that can find a post's
    /// time only by listing around it.
    async fn read(
        &self,
        post: &RemoteId,
        near: &[DateTime<Utc>],
    ) -> Result<Answer<Reading>, ServiceError>;

    /// Asks for an edit. The caller has checked the time against its lead. `key` is the change's
    /// own: the same at each attempt, until the service has shown that none of them arrived.
    async fn apply(
        &self,
        post: &RemoteId,
        edit: &Edit,
        key: &IdempotencyKey,
    ) -> Result<Answer<Accepted>, ServiceError>;

    /// Creates a post: as a draft, unless it says when it goes out. The caller asks for a time only
    /// where [`Creation::Keyed`](crate::model::Creation::Keyed), and has checked it.
    async fn create(
        &self,
        post: &NewPost,
        key: &IdempotencyKey,
    ) -> Result<Answer<Created>, ServiceError> {
        let _ = (post, key);
        Err(ServiceError::cannot("create posts"))
    }

    /// Does to a post what can't be taken back.
    async fn act(
        &self,
        post: &RemoteId,
        act: Act,
        key: &IdempotencyKey,
    ) -> Result<Answer<Accepted>, ServiceError> {
        let _ = (post, act, key);
        Err(ServiceError::cannot("do this"))
    }
}

/// A post to be created.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPost {
    /// Its text.
    pub text: String,
    /// The channels it goes to: at least one, and one only at a service that has no more.
    pub channels: Vec<NewTarget>,
    /// When it goes out; none for a draft.
    pub time: Option<DateTime<Utc>>,
}

/// A channel that a new post goes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTarget {
    /// The channel's id at the service.
    pub channel: RemoteId,
    /// The network's bare name in lower case.
    pub network: String,
}

/// What a service answered to a creation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Created {
    /// The post's id.
    pub id: RemoteId,
    /// Where it says the post stands.
    pub accepted: Accepted,
}

/// What a service answered, and what it said beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer<T> {
    /// The answer.
    pub value: T,
    /// What came with it.
    pub heard: Heard,
}

impl<T> Answer<T> {
    /// The same answer with its value turned into another.
    pub fn map<U>(self, turn: impl FnOnce(T) -> U) -> Answer<U> {
        Answer { value: turn(self.value), heard: self.heard }
    }

    /// The same answer with its value turned into another, if it can be.
    ///
    /// # Errors
    /// What `turn` says.
    pub fn try_map<U, E>(self, turn: impl FnOnce(T) -> Result<U, E>) -> Result<Answer<U>, E> {
        Ok(Answer { value: turn(self.value)?, heard: self.heard })
    }
}

/// What every answer may say of the service itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Heard {
    /// The service's clock (`Date` header).
    pub date: Option<DateTime<Utc>>,
    /// What is left of the service's limit of requests.
    pub allowance: Option<Allowance>,
}

/// What is left of a service's limit of requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// How many requests may still be made.
    pub remaining: u32,
    /// When there are more.
    pub renewed_at: DateTime<Utc>,
}

/// What to list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListQuery {
    /// Posts with a time in `[from, to]`, soonest first.
    Dated {
        /// The earliest time.
        from: DateTime<Utc>,
        /// The latest time.
        to: DateTime<Utc>,
    },
    /// Drafts, with a time or without.
    Drafts,
    /// What was changed last, newest first.
    RecentlyChanged,
}

/// Where the next page of a list is. Its content is the adapter's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageToken(pub String);

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The well-formed posts of the page.
    pub posts: Vec<RemotePost>,
    /// How many entries could not be read.
    pub unreadable: usize,
    /// The next page, if there is one.
    pub next: Option<PageToken>,
    /// How many posts the whole list has, where the service says so.
    pub total: Option<u64>,
}

/// A post as its service tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemotePost {
    /// Its id.
    pub id: RemoteId,
    /// Its text.
    pub text: String,
    /// Status and time.
    pub standing: Standing,
    /// When it was last changed there; none where the service does not say, or not here.
    pub changed_at: Option<DateTime<Utc>>,
    /// One for each channel.
    pub targets: Vec<RemoteTarget>,
    /// The pictures and videos it has.
    pub media: Vec<Media>,
}

/// A post's fate on one channel, as its service tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemoteTarget {
    /// The channel's id at the service.
    pub channel: RemoteId,
    /// The network's bare name in lower case.
    pub network: String,
    /// The status there.
    pub status: PostStatus,
    /// The time there, where it has its own.
    pub time: Option<DateTime<Utc>>,
    /// Where it can be seen.
    pub link: Option<String>,
    /// Why it failed.
    pub error: Option<String>,
}

/// A channel as its service tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemoteChannel {
    /// Its id at the service.
    pub id: RemoteId,
    /// The network's bare name in lower case.
    pub network: String,
    /// What people call it.
    pub name: String,
    /// The handle, without `@`.
    pub handle: Option<String>,
    /// What is wrong with it, such as an expired token.
    pub problem: Option<String>,
}

/// What looking for one post found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// The post.
    Found(RemotePost),
    /// The service says there is no such post.
    Gone,
    /// The service has the post, but nothing said where it stands.
    Unclear,
}

/// What a service answered to a write. What it left out is `None`, never assumed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Accepted {
    /// The status it says the post has now.
    pub status: Option<PostStatus>,
    /// The time it says the post has now.
    pub time: Option<DateTime<Utc>>,
    /// The text it says the post has now.
    pub text: Option<String>,
}

/// A plan's limit, in the service's own numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlanLimit {
    /// The service's sentence.
    pub sentence: String,
    /// The service's code, such as `SCHEDULED_POST_LIMIT_REACHED`.
    pub code: Option<String>,
    /// What is counted.
    pub metric: Option<String>,
    /// How many the plan has.
    pub limit: Option<i64>,
    /// How many are used.
    pub used: Option<i64>,
    /// How many are left.
    pub remaining: Option<i64>,
    /// The latest time the plan allows.
    pub horizon: Option<DateTime<Utc>>,
    /// The plan's name.
    pub plan: Option<String>,
}

/// Why a request had no usable answer. No variant ever holds a key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ServiceError {
    /// No connection was made: nothing was sent.
    #[error("No connection: {reason}")]
    NotSent {
        /// What stood in the way.
        reason: String,
    },
    /// The connection broke, or time ran out, after the request was written.
    #[error("The connection broke before an answer came: {reason}")]
    Interrupted {
        /// What happened.
        reason: String,
    },
    /// Any 5xx: it may or may not have been done.
    #[error("The service is in trouble (HTTP {status}): {sentence}")]
    ServerTrouble {
        /// The HTTP status.
        status: u16,
        /// The service's sentence, or ours where it sent none.
        sentence: String,
    },
    /// The service says that this or another change of the post is not settled there yet: the post
    /// has to be read before anything is asked again.
    #[error("{sentence}")]
    Unsettled {
        /// The service's sentence.
        sentence: String,
    },
    /// A 2xx that could not be understood.
    #[error("The answer could not be read: {reason}")]
    Unreadable {
        /// What was wrong with it.
        reason: String,
    },
    /// 429: asked to wait.
    #[error("The service asks to wait: {sentence}")]
    RateLimited {
        /// For how long, where it said so.
        retry_after: Option<Duration>,
        /// The service's sentence.
        sentence: String,
    },
    /// 401: the key is not accepted.
    #[error("The service does not accept the key: {sentence}")]
    KeyRefused {
        /// The service's sentence.
        sentence: String,
    },
    /// 404: there is no such post.
    #[error("{sentence}")]
    NotFound {
        /// The service's sentence.
        sentence: String,
    },
    /// A limit of the plan.
    #[error("{}", .0.sentence)]
    PlanLimit(PlanLimit),
    /// Any other refusal: nothing was done.
    #[error("{sentence}")]
    Refused {
        /// The HTTP status; 0 where the adapter refused before sending.
        status: u16,
        /// The service's sentence.
        sentence: String,
    },
}

/// What the outbox does about an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disposition {
    /// Nothing was done; try again, not before `retry_after`.
    Later {
        /// How long the service asked to wait.
        retry_after: Option<Duration>,
    },
    /// It may have been done: read back before anything is repeated.
    Unknown,
    /// Nothing was done and nothing will be until the key is replaced.
    NeedsKey,
    /// Nothing was done, and asking again would not help.
    Refused,
}

impl ServiceError {
    /// The refusal of an adapter whose service has no request for something; nothing is sent.
    pub fn cannot(what: &str) -> Self {
        Self::Refused { status: 0, sentence: format!("This service has no way to {what}.") }
    }

    /// What this error means for a change that was being sent.
    pub fn disposition(&self) -> Disposition {
        match self {
            Self::NotSent { .. } => Disposition::Later { retry_after: None },
            Self::RateLimited { retry_after, .. } => {
                Disposition::Later { retry_after: *retry_after }
            }
            Self::Interrupted { .. }
            | Self::ServerTrouble { .. }
            | Self::Unsettled { .. }
            | Self::Unreadable { .. } => Disposition::Unknown,
            Self::KeyRefused { .. } => Disposition::NeedsKey,
            Self::NotFound { .. } | Self::PlanLimit(_) | Self::Refused { .. } => {
                Disposition::Refused
            }
        }
    }
}
