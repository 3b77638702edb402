//! A practice server, an adapter connected to it, and a way to look behind the API.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use rundown_core::model::{
    Act, Capabilities, Edit, IdempotencyKey, RemoteId, ServiceAddress, ServiceKind, Standing,
    Workspace,
};
use rundown_core::service::{
    ListQuery, Page, Reading, RemotePost, SchedulingService, ServiceCatalogue, ServiceError,
};
use rundown_practice::{Clock, Fault, Match, Practice, Recorded, Running, What};
use rundown_services::{Catalogue, HttpTransport, Limits, Transport};
use rundown_tests::RouterTransport;
use serde_json::Value;

/// The practice time at which every case begins.
pub const NOW: &str = "2026-03-10T09:00:00Z";

/// Where a post stands once this is done to it.
pub fn standing_after(edit: &Edit) -> Standing {
    let step = edit.step.expect("an edit of the standing");
    step.aim().shown(&Standing::draft())
}

/// A channel as its adapter has to tell it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Channel {
    pub id: &'static str,
    pub network: &'static str,
    pub name: &'static str,
    pub handle: Option<&'static str>,
}

/// In which order lists come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// As it was asked for, from page to page.
    AsAsked,
    /// What was made last first, whatever is asked for; the adapter orders each page by itself.
    NewestMade,
}

/// What the service tells of a limit of the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanLimits {
    /// A code and the plan's numbers.
    InNumbers,
    /// A code that says it is one.
    ByCode,
    /// A sentence that nothing tells from any other refusal.
    InWords,
}

/// What proves that a post is gone, which the outbox takes for final.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProofOfGone {
    /// The service denies it.
    Denial,
    /// The service denies it where it has told of another post before: else the address may be wrong.
    DenialAfterAReading,
}

/// How one post is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadBy {
    /// By itself: no list that is behind can mislead.
    Itself,
    /// Its status and time in lists, its existence by itself: what is behind contradicts the rest.
    Listing,
}

/// What a service's practice dialect can be asked behind its API, and where the service promises less
/// than others.
pub trait Dialect: Sized {
    /// The name its adapter registers.
    const KIND: &str;
    /// The API key of the only account.
    const KEY: &str;
    /// Its base address below the practice server's.
    const PATH: &str;
    /// The account's two channels, in order.
    const CHANNELS: [Channel; 2];
    /// To how many of them a post goes, from the first on.
    const TARGETS: usize = 2;
    /// The account's workspace, at a service that has them.
    const WORKSPACE: Option<&str> = None;
    const ORDER: Order = Order::AsAsked;
    const PLAN_LIMITS: PlanLimits = PlanLimits::InNumbers;
    const READ_BY: ReadBy = ReadBy::Itself;
    /// Whether its lists say when a post was last changed.
    const DATES_CHANGES: bool = true;
    const PROOF_OF_GONE: ProofOfGone = ProofOfGone::Denial;

    /// An account with two channels and a plan that allows everything.
    fn new(practice: &Practice) -> Self;
    /// Adds a post that goes to its channels.
    fn add(&self, text: &str, standing: &Standing) -> RemoteId;
    /// Where a post stands in truth; none where there is none.
    fn standing(&self, post: &RemoteId) -> Option<Standing>;
    /// The text a post has in truth; none where there is none.
    fn text(&self, post: &RemoteId) -> Option<String>;
    /// How many posts there are.
    fn count(&self) -> usize;
    /// Tells the practice server that this is meant, where it would take it for a mistake.
    fn expect(&self, _post: &RemoteId, _act: Act) {}
    /// Changes a post behind the API's back.
    fn edit_elsewhere(&self, post: &RemoteId, standing: &Standing);
    /// Deletes a post behind the API's back.
    fn delete_elsewhere(&self, post: &RemoteId);
}

/// How an adapter reaches the practice server.
#[derive(Clone, Copy, Debug)]
pub enum Way {
    Http,
    InProcess,
}

pub struct Bench<D> {
    pub practice: Practice,
    pub world: D,
    pub service: Arc<dyn SchedulingService>,
    /// What the service can do, as its adapter says.
    pub can: Capabilities,
    way: Way,
    pub running: Running,
}

impl<D: Dialect> Bench<D> {
    pub async fn start(way: Way) -> Self {
        let practice = Practice::new(Clock::manual(at(NOW)));
        let world = D::new(&practice);
        let running = practice.serve(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await.unwrap();
        let service = open(&practice, way, Limits::default(), &address::<D>(&running), D::KEY);
        let can = capabilities::<D>(&practice);
        Self { practice, world, service, can, way, running }
    }

    /// The same account with another key.
    pub fn with_key(&self, key: &str) -> Arc<dyn SchedulingService> {
        self.open(Limits::default(), &address::<D>(&self.running), key)
    }

    /// The same key, acting for a user that its owner manages.
    pub fn acting_for(&self, user: &str) -> Arc<dyn SchedulingService> {
        let managed_user = Some(RemoteId(user.to_owned()));
        let address = ServiceAddress { managed_user, ..address::<D>(&self.running) };
        self.open(Limits::default(), &address, D::KEY)
    }

    /// The same key, for another workspace or for none.
    pub fn in_workspace(&self, id: Option<&str>) -> Arc<dyn SchedulingService> {
        let address =
            ServiceAddress { workspace: id.map(workspace), ..address::<D>(&self.running) };
        self.open(Limits::default(), &address, D::KEY)
    }

    /// The same account over a transport that gives up soon.
    pub fn impatient(&self) -> Arc<dyn SchedulingService> {
        let limits = Limits { total: Duration::from_secs(1), ..Limits::default() };
        self.open(limits, &address::<D>(&self.running), D::KEY)
    }

    fn open(
        &self,
        limits: Limits,
        address: &ServiceAddress,
        key: &str,
    ) -> Arc<dyn SchedulingService> {
        open(&self.practice, self.way, limits, address, key)
    }

    pub fn scheduled(&self, time: &str) -> RemoteId {
        self.world.add("Hello", &Standing::scheduled(at(time)))
    }

    pub fn draft(&self) -> RemoteId {
        self.world.add("Not yet", &Standing::draft())
    }

    /// What an edit comes to when its request meets this fault, and whether it took effect.
    pub async fn faulty_edit(&self, what: What, edit: Edit) -> (ServiceError, bool) {
        self.faulty_edit_by(self.service.as_ref(), what, edit).await
    }

    pub async fn faulty_edit_by(
        &self,
        service: &dyn SchedulingService,
        what: What,
        edit: Edit,
    ) -> (ServiceError, bool) {
        let post = self.scheduled("2026-03-12T10:00:00Z");
        self.practice.fault(Fault::once(Match::any(), what));
        let error = service.apply(&post, &edit, &key()).await.unwrap_err();
        let applied = self.world.standing(&post).unwrap().same_as(&standing_after(&edit));
        (error, applied)
    }

    /// What a list comes to when its request meets this fault.
    pub async fn faulty_list(&self, what: What) -> ServiceError {
        self.practice.fault(Fault::once(Match::any(), what));
        self.service.list(&ListQuery::Drafts, None).await.unwrap_err()
    }

    /// A whole list, page by page.
    pub async fn pages(&self, query: &ListQuery) -> Vec<Page> {
        let mut pages = vec![self.service.list(query, None).await.unwrap().value];
        while let Some(next) = pages.last().and_then(|page| page.next.clone()) {
            pages.push(self.service.list(query, Some(&next)).await.unwrap().value);
        }
        assert!(pages.iter().all(|page| page.unreadable == 0));
        pages
    }

    /// The posts of a whole list.
    pub async fn everything(&self, query: &ListQuery) -> Vec<RemotePost> {
        self.pages(query).await.into_iter().flat_map(|page| page.posts).collect()
    }

    /// What looking for a post finds, where it may stand at `near`.
    pub async fn read(&self, post: &RemoteId, near: &str) -> Reading {
        self.service.read(post, &[at(near)]).await.unwrap().value
    }

    /// Where a post that is found stands.
    pub async fn read_standing(&self, post: &RemoteId, near: &str) -> Standing {
        match self.read(post, near).await {
            Reading::Found(found) => found.standing,
            other => panic!("{other:?}"),
        }
    }

    /// Lets it be that time, and the scheduler do its work.
    pub fn let_it_be(&self, time: &str) {
        self.practice.clock().set(at(time));
        self.practice.tick();
    }

    /// The bodies that were sent, each with its method and its path below the base address.
    pub fn sent(&self) -> Vec<(String, Value)> {
        let sent = self.practice.requests().into_iter().filter(|request| request.method != "GET");
        let line = |request: Recorded| {
            let path = request.path.strip_prefix(D::PATH).unwrap();
            (format!("{} {path}", request.method), request.body)
        };
        sent.map(line).collect()
    }

    /// Asserts that nothing was sent that no client should send.
    pub fn assert_clean(&self) {
        assert_eq!(self.practice.violations(), []);
    }
}

/// An adapter for one account.
fn open(
    practice: &Practice,
    way: Way,
    limits: Limits,
    address: &ServiceAddress,
    key: &str,
) -> Arc<dyn SchedulingService> {
    let transport: Arc<dyn Transport> = match way {
        Way::Http => Arc::new(HttpTransport::with_limits(limits)),
        Way::InProcess => Arc::new(RouterTransport::new(practice.router(), limits)),
    };
    Catalogue::new(transport).open(address, key.into()).ok().unwrap()
}

/// What the adapter says of its service.
fn capabilities<D: Dialect>(practice: &Practice) -> Capabilities {
    let transport = RouterTransport::new(practice.router(), Limits::default());
    let services = Catalogue::new(Arc::new(transport)).services();
    services.into_iter().find(|info| info.kind.0 == D::KIND).unwrap().capabilities
}

/// Where the account is.
fn address<D: Dialect>(running: &Running) -> ServiceAddress {
    ServiceAddress {
        kind: ServiceKind(D::KIND.to_owned()),
        base_url: running.url(D::PATH).parse().unwrap(),
        workspace: D::WORKSPACE.map(workspace),
        managed_user: None,
    }
}

fn workspace(id: &str) -> Workspace {
    Workspace { id: RemoteId(id.to_owned()), name: id.to_owned() }
}

/// A key that no other edit has.
pub fn key() -> IdempotencyKey {
    IdempotencyKey::generate()
}

pub fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}
