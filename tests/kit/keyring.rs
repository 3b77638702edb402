//! The Secret Service, read as any other program of the user could read it.

use std::collections::HashMap;

use zbus::{
    Connection,
    zvariant::{ObjectPath, OwnedObjectPath, OwnedValue, Value},
};

use crate::Result;

const SERVICE: &str = "org.freedesktop.secrets";
const PATH: &str = "/org/freedesktop/secrets";
const INTERFACE: &str = "org.freedesktop.Secret.Service";

/// A secret as it goes over the bus: session, parameters, value, content type.
type Secret = (OwnedObjectPath, Vec<u8>, Vec<u8>, String);

/// The values of all secrets in the unlocked keyrings.
///
/// # Errors
/// There is no Secret Service, or it refuses.
pub async fn secrets() -> Result<Vec<String>> {
    let bus = Connection::session().await?;
    let reply = bus
        .call_method(
            Some(SERVICE),
            PATH,
            Some(INTERFACE),
            "OpenSession",
            &("plain", Value::from("")),
        )
        .await?;
    let (_, session): (OwnedValue, OwnedObjectPath) = reply.body().deserialize()?;
    let every = HashMap::<&str, &str>::new();
    let reply =
        bus.call_method(Some(SERVICE), PATH, Some(INTERFACE), "SearchItems", &(every,)).await?;
    let (items, _locked): (Vec<OwnedObjectPath>, Vec<OwnedObjectPath>) =
        reply.body().deserialize()?;
    let session = ObjectPath::from(session);
    let reply = bus
        .call_method(Some(SERVICE), PATH, Some(INTERFACE), "GetSecrets", &(items, session))
        .await?;
    let secrets: HashMap<OwnedObjectPath, Secret> = reply.body().deserialize()?;
    let text = |(_, _, value, _): &Secret| String::from_utf8_lossy(value).into_owned();
    Ok(secrets.values().map(text).collect())
}
