//! What the README promises of each service is what its adapter can do.

use std::sync::Arc;

use async_trait::async_trait;
use http::{Request, Response};
use rundown_core::model::Ability;
use rundown_core::service::{ServiceCatalogue, ServiceInfo};
use rundown_services::{Catalogue, Transport, TransportError};

const README: &str = include_str!("../../README.md");

/// No request leaves: the services are only described.
struct Nowhere;

#[async_trait]
impl Transport for Nowhere {
    async fn send(&self, _: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        Err(TransportError::NotSent { reason: "nothing is asked here".to_owned() })
    }
}

/// The services that can be connected.
fn services() -> Vec<ServiceInfo> {
    Catalogue::new(Arc::new(Nowhere)).services()
}

/// They, and the account that is always there.
fn everything() -> Vec<ServiceInfo> {
    services().into_iter().chain([rundown_core::this_computer()]).collect()
}

/// The table of what can be done where, without the line below its head.
fn table() -> Vec<Vec<&'static str>> {
    let after = README.split("What Rundown can do there:").nth(1).unwrap_or_default();
    let before = after.split("\n## ").next().unwrap_or_default();
    let rows = before.lines().filter(|line| line.starts_with('|') && !line.starts_with("|---"));
    rows.map(|row| row.trim_matches('|').split('|').map(str::trim).collect()).collect()
}

#[test]
fn the_connect_table_says_of_each_service_what_its_adapter_can_do() {
    let (services, table) = (everything(), table());
    let names: Vec<_> = services.iter().map(|service| service.name.as_str()).collect();
    assert_eq!(table[0][1..], names, "a column for each service, in the form's order");
    for (column, service) in services.iter().enumerate() {
        let can = &service.capabilities;
        for (what, can) in [
            ("move to another time", can.reschedule),
            ("pause to a draft", can.pause),
            ("resume", can.resume),
            ("create", can.can(Ability::Create)),
            ("edit the text", can.can(Ability::EditText)),
            ("delete", can.can(Ability::Delete)),
            ("publish now", can.can(Ability::PublishNow)),
            ("try a failed post again", can.can(Ability::Retry)),
        ] {
            let row = table.iter().find(|row| row[0] == what);
            let row = row.unwrap_or_else(|| panic!("there is no row “{what}”"));
            assert_eq!(row[column + 1] != "no", can, "{}: {what}", service.name);
        }
    }
}

#[test]
fn the_readme_says_where_each_service_has_its_keys() {
    for service in services() {
        let site = &service.key_help_url;
        assert!(README.contains(site), "{}: {site}", service.name);
    }
}
