//! The tray as a panel sees it: the app's status notifier item and its menu, on the session bus.

use std::collections::HashMap;

use zbus::{
    Connection, Proxy,
    names::BusName,
    proxy::CacheProperties,
    zvariant::{OwnedObjectPath, OwnedValue, Structure, Value},
};

use crate::{PATIENCE, Result, until};

const ITEM: &str = "org.kde.StatusNotifierItem";
const MENU: &str = "com.canonical.dbusmenu";

/// A menu entry's id, properties and children, as `GetLayout` answers them.
type Layout = (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>);

/// The tray menu of one process.
#[derive(Debug)]
pub struct Tray {
    bus: Connection,
    owner: String,
    menu: OwnedObjectPath,
}

/// An entry of the menu.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    id: i32,
    label: String,
    enabled: bool,
}

impl Tray {
    /// The item that the process registered with the panel, waiting for it.
    ///
    /// # Errors
    /// None is registered in time.
    pub async fn of_process(pid: u32) -> Result<Self> {
        let bus = Connection::session().await?;
        until("tray item of the app", PATIENCE, async || Self::find(&bus, pid).await).await
    }

    async fn find(bus: &Connection, pid: u32) -> Result<Option<Self>> {
        let watcher = proxy(
            bus,
            "org.kde.StatusNotifierWatcher",
            "/StatusNotifierWatcher",
            "org.kde.StatusNotifierWatcher",
        )
        .await?;
        let items: Vec<String> = watcher.get_property("RegisteredStatusNotifierItems").await?;
        for item in items {
            let Some((owner, path)) = item.split_once('/') else { continue };
            let daemon = zbus::fdo::DBusProxy::new(bus).await?;
            // An item may go while it is looked at; then it is not the one.
            let Ok(owner_pid) =
                daemon.get_connection_unix_process_id(BusName::try_from(owner)?).await
            else {
                continue;
            };
            if owner_pid == pid {
                let item = proxy(bus, owner, &format!("/{path}"), ITEM).await?;
                let menu: OwnedObjectPath = item.get_property("Menu").await?;
                return Ok(Some(Self { bus: bus.clone(), owner: owner.to_owned(), menu }));
            }
        }
        Ok(None)
    }

    /// The labels of the menu's entries, from top to bottom, those of submenus after their own.
    ///
    /// # Errors
    /// The item is gone.
    pub async fn labels(&self) -> Result<Vec<String>> {
        Ok(self.entries().await?.into_iter().map(|entry| entry.label).collect())
    }

    /// Chooses the entry with that label, waiting for it to be there and enabled.
    ///
    /// # Errors
    /// There is none in time; the message names those that are there.
    pub async fn choose(&self, label: &str) -> Result {
        let what = format!("tray menu entry “{label}”");
        let entry = until(what, PATIENCE, async || {
            let entries = self.entries().await?;
            Ok(entries.into_iter().find(|entry| entry.enabled && entry.label == label))
        });
        let entry = match entry.await {
            Ok(entry) => entry,
            Err(error) => {
                return Err(format!("{error}; there are {:?}", self.labels().await?).into());
            }
        };
        let menu = self.menu().await?;
        menu.call_method("Event", &(entry.id, "clicked", Value::from(0_i32), 0_u32)).await?;
        Ok(())
    }

    async fn entries(&self) -> Result<Vec<Entry>> {
        let menu = self.menu().await?;
        let all_levels = -1_i32;
        let reply = menu.call_method("GetLayout", &(0_i32, all_levels, Vec::<&str>::new())).await?;
        let (_revision, layout): (u32, Layout) = reply.body().deserialize()?;
        let mut entries = Vec::new();
        collect(layout, &mut entries)?;
        Ok(entries)
    }

    async fn menu(&self) -> Result<Proxy<'_>> {
        proxy(&self.bus, &self.owner, self.menu.as_str(), MENU).await
    }
}

async fn proxy<'a>(
    bus: &Connection,
    owner: &str,
    path: &str,
    interface: &'static str,
) -> Result<Proxy<'a>> {
    let proxy = zbus::proxy::Builder::new(bus)
        .destination(owner.to_owned())?
        .path(path.to_owned())?
        .interface(interface)?
        .cache_properties(CacheProperties::No)
        .build()
        .await?;
    Ok(proxy)
}

fn collect((id, properties, children): Layout, entries: &mut Vec<Entry>) -> Result {
    if let Some(Value::Str(label)) = properties.get("label").map(|value| &**value) {
        let enabled =
            !matches!(properties.get("enabled").map(|value| &**value), Some(Value::Bool(false)));
        // An underscore marks the letter that is pressed with Alt.
        entries.push(Entry { id, label: label.replace('_', ""), enabled });
    }
    for child in children {
        collect(Layout::try_from(Structure::try_from(child)?)?, entries)?;
    }
    Ok(())
}
