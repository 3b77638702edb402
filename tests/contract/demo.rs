//! The practice server's demo, as each adapter reads it.

use std::sync::Arc;

use rundown_core::model::{PostStatus, RemoteId, ServiceAddress, ServiceKind, Workspace};
use rundown_core::service::{ListQuery, ServiceCatalogue};
use rundown_practice::{Clock, Practice, seed};
use rundown_services::{Catalogue, Limits};
use rundown_tests::RouterTransport;

use crate::bench::{NOW, at};

#[tokio::test]
async fn every_account_of_the_demo_can_be_read() {
    let practice = Practice::new(Clock::manual(at(NOW)));
    let accounts = seed::demo(&practice, at(NOW), "http://127.0.0.1/pictures");
    let transport = RouterTransport::new(practice.router(), Limits::default());
    let catalogue = Catalogue::new(Arc::new(transport));
    let mut due = 0;
    for account in accounts {
        let address = ServiceAddress {
            kind: ServiceKind(account.service.to_owned()),
            base_url: format!("http://127.0.0.1{}", account.base).parse().unwrap(),
            workspace: account.workspace.map(|one| Workspace {
                id: RemoteId(one.id.to_owned()),
                name: one.name.to_owned(),
            }),
            managed_user: None,
        };
        let service = catalogue.open(&address, account.key.into()).ok().unwrap();
        let channels = service.channels().await.unwrap().value;
        let mut networks: Vec<_> = channels.iter().map(|channel| &channel.network).collect();
        networks.dedup();
        assert!(networks.len() >= 4, "{}: {networks:?}", account.label);

        let drafts = service.list(&ListQuery::Drafts, None).await.unwrap().value.posts;
        assert!((1..=3).contains(&drafts.len()), "{}: {drafts:?}", account.label);
        let (from, to) = (at("2026-02-20T00:00:00Z"), at("2026-03-26T00:00:00Z"));
        let page = service.list(&ListQuery::Dated { from, to }, None).await.unwrap().value;
        assert_eq!((page.unreadable, page.next), (0, None));
        assert!(page.posts.len() >= 12, "{}", account.label);
        for post in &page.posts {
            let known = |channel: &RemoteId| channels.iter().any(|one| one.id == *channel);
            assert!(post.targets.iter().all(|target| known(&target.channel)), "{post:?}");
            assert!(!matches!(post.standing.status, PostStatus::Other(_)), "{post:?}");
        }
        let soon = at("2026-03-10T10:00:00Z");
        let times = page.posts.iter().filter_map(|post| post.standing.goes_out_at());
        due += times.filter(|time| *time <= soon).count();
    }
    assert_eq!(due, 1, "one post is due within the hour");
    assert_eq!(practice.violations(), []);
}
