//! The services Rundown has an adapter for, and the check of a key before anything is sent with it.

use std::sync::Arc;

use rundown_core::clock::SystemClock;
use rundown_core::model::ServiceAddress;
use rundown_core::service::{OpenError, SchedulingService, ServiceCatalogue, ServiceInfo};
use secrecy::{ExposeSecret, SecretString};

use crate::postato::{self, Postato};
use crate::posteverywhere::{self, PostEverywhere};
use crate::postpost::{self, PostPost};
use crate::publora::{self, Publora};
use crate::transport::Transport;

/// Makes an adapter for one account.
type Open = fn(Arc<dyn Transport>, &ServiceAddress, SecretString) -> Arc<dyn SchedulingService>;

/// A service: how it is described, and how it is opened.
struct Service {
    info: fn() -> ServiceInfo,
    open: Open,
}

/// Every service there is an adapter for, in the order of the connect form.
const SERVICES: &[Service] = &[
    Service {
        info: postpost::info,
        open: |transport, address, key| {
            Arc::new(PostPost::new(transport, address.base_url.clone(), key))
        },
    },
    Service {
        info: publora::info,
        open: |transport, address, key| Arc::new(Publora::new(transport, address, key)),
    },
    Service {
        info: postato::info,
        open: |transport, address, key| {
            let workspace = address.workspace.as_ref().map(|workspace| workspace.id.clone());
            Arc::new(Postato::new(transport, address.base_url.clone(), workspace, key))
        },
    },
    Service {
        info: posteverywhere::info,
        open: |transport, address, key| {
            let (clock, base) = (Arc::new(SystemClock), address.base_url.clone());
            Arc::new(PostEverywhere::new(transport, clock, base, key))
        },
    },
];

/// Prefixes by which a key tells whose it is. PostPost's and Publora's keys both begin with `sk_`,
/// which PostPost does not enforce (authentication.md of its documents): nothing is concluded from
/// it, nor from its absence.
const PREFIXES: [(&str, &str); 2] = [("smcp_", "Postato"), ("pe_live_", "PostEverywhere")];

/// Every adapter of this crate, over one transport.
pub struct Catalogue {
    transport: Arc<dyn Transport>,
}

impl Catalogue {
    /// A catalogue whose adapters send through `transport`.
    pub fn new(transport: Arc<dyn Transport>) -> Self {
        Self { transport }
    }
}

impl ServiceCatalogue for Catalogue {
    fn services(&self) -> Vec<ServiceInfo> {
        SERVICES.iter().map(|service| (service.info)()).collect()
    }

    fn open(
        &self,
        address: &ServiceAddress,
        key: SecretString,
    ) -> Result<Arc<dyn SchedulingService>, OpenError> {
        let described = SERVICES.iter().map(|service| (service, (service.info)()));
        let mut asked_for = described.filter(|(_, info)| info.kind == address.kind);
        let Some((service, info)) = asked_for.next() else {
            return Err(OpenError::UnknownService(address.kind.0.clone()));
        };
        check_key(&info.name, key.expose_secret())?;
        Ok((service.open)(Arc::clone(&self.transport), address, key))
    }
}

fn check_key(service: &str, key: &str) -> Result<(), OpenError> {
    if key.is_empty() || !key.chars().all(|c| c.is_ascii_graphic()) {
        return Err(OpenError::MalformedKey);
    }
    match PREFIXES.iter().find(|(prefix, _)| key.starts_with(prefix)) {
        Some((_, owner)) if *owner != service => {
            Err(OpenError::WrongKeyKind { belongs_to: (*owner).to_owned() })
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use rundown_core::model::{RemoteId, ServiceKind, Workspace};

    use super::*;
    use crate::scripted::Scripted;

    fn address(kind: &str) -> ServiceAddress {
        ServiceAddress {
            kind: ServiceKind(kind.to_owned()),
            base_url: "https://api.postpost.dev/api/v1".parse().unwrap(),
            workspace: Some(Workspace {
                id: RemoteId("wks_01H".to_owned()),
                name: "Main Brand".to_owned(),
            }),
            managed_user: None,
        }
    }

    fn open(kind: &str, key: &str) -> Option<OpenError> {
        let catalogue = Catalogue::new(Arc::new(Scripted::default()));
        catalogue.open(&address(kind), key.into()).err()
    }

    #[test]
    fn a_key_of_another_service_is_refused_by_the_name_of_its_owner() {
        let belongs_to = |name: &str| Some(OpenError::WrongKeyKind { belongs_to: name.to_owned() });
        for kind in ["postpost", "publora"] {
            assert_eq!(open(kind, "smcp_0123456789abcdef"), belongs_to("Postato"));
            assert_eq!(open(kind, "pe_live_0123456789abcdef"), belongs_to("PostEverywhere"));
            assert_eq!(open(kind, "sk_lq2x8k.0123456789abcdef"), None);
        }
        assert_eq!(open("postato", "pe_live_0123456789abcdef"), belongs_to("PostEverywhere"));
        assert_eq!(open("postato", "smcp_0123456789abcdef"), None);
        assert_eq!(open("posteverywhere", "smcp_0123456789abcdef"), belongs_to("Postato"));
        assert_eq!(open("posteverywhere", "pe_live_0123456789abcdef"), None);
    }

    #[tokio::test]
    async fn each_kind_opens_the_adapter_of_its_own_service() {
        let asked = [
            ("postpost", "x-api-key", "GET /platform-connections"),
            ("publora", "x-publora-key", "GET /platform-connections"),
            ("postato", "authorization", "GET /v1/workspaces/wks_01H/accounts"),
            ("posteverywhere", "authorization", "GET /accounts"),
        ];
        for (kind, header, first) in asked {
            let transport = Arc::new(Scripted::default());
            let catalogue = Catalogue::new(transport.clone());
            let service = catalogue.open(&address(kind), "0123456789abcdef".into()).ok().unwrap();
            let _ = service.channels().await;
            assert!(transport.requests()[0].headers().contains_key(header), "{kind}");
            assert_eq!(transport.asked(), [first], "{kind}");
        }
        let offered = Catalogue::new(Arc::new(Scripted::default())).services();
        let kinds: Vec<_> = offered.iter().map(|info| info.kind.0.as_str()).collect();
        assert_eq!(kinds, asked.map(|(kind, ..)| kind));
    }

    #[test]
    fn a_key_that_no_header_can_carry_is_refused() {
        for key in ["", "sk_a b", "sk_a\n", "sk_ä", "sk_a\u{0}"] {
            assert_eq!(open("postpost", key), Some(OpenError::MalformedKey), "{key:?}");
        }
    }

    #[test]
    fn a_service_without_an_adapter_is_named() {
        assert_eq!(
            open("buffer", "sk_0123456789"),
            Some(OpenError::UnknownService("buffer".to_owned()))
        );
    }
}
