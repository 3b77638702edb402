//! The pictures and videos of a post, however a service lists them: as addresses, as ids, or as
//! objects with either.

use rundown_core::model::{Media, MediaKind};
use serde_json::Value;

/// One for each entry: what can't be shown is still counted.
pub fn media(entries: &[Value]) -> Vec<Media> {
    entries.iter().map(one).collect()
}

fn one(entry: &Value) -> Media {
    let named = |names: &[&str]| names.iter().find_map(|name| entry[*name].as_str());
    let address = entry.as_str().or_else(|| named(&["thumbnail_url", "thumbnailUrl", "url"]));
    let url = address.filter(|address| address.contains("://")).map(str::to_owned);
    let told = named(&["type", "mimeType", "mime_type"]).map(str::to_owned);
    let kind = kind(&told.or_else(|| extension(address?)).unwrap_or_default());
    Media { kind, url }
}

fn kind(word: &str) -> MediaKind {
    let word = word.to_ascii_lowercase();
    let is_any = |words: &[&str]| words.iter().any(|known| word == *known);
    if word.starts_with("image") || is_any(&["jpg", "jpeg", "png", "gif", "webp", "avif"]) {
        MediaKind::Image
    } else if word.starts_with("video") || is_any(&["mp4", "mov", "webm", "m4v"]) {
        MediaKind::Video
    } else {
        MediaKind::Other
    }
}

/// What a file at an address is called after its last dot.
fn extension(address: &str) -> Option<String> {
    let path = address.split(['?', '#']).next()?;
    let (_, extension) = path.rsplit('/').next()?.rsplit_once('.')?;
    Some(extension.to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_entry_is_counted_and_what_has_an_address_keeps_it() {
        let entries = [
            json!("https://cdn.example/a/photo.JPG?w=100"),
            json!("f47ac10b-58cc-4372-a567-0e02b2c3d479"),
            json!({ "media_id": "one", "type": "image", "width": 1920 }),
            json!({ "mimeType": "video/mp4", "url": "https://cdn.example/clip" }),
            json!(7),
        ];
        let url = |text: &str| Some(text.to_owned());
        let wanted = [
            Media { kind: MediaKind::Image, url: url("https://cdn.example/a/photo.JPG?w=100") },
            Media { kind: MediaKind::Other, url: None },
            Media { kind: MediaKind::Image, url: None },
            Media { kind: MediaKind::Video, url: url("https://cdn.example/clip") },
            Media { kind: MediaKind::Other, url: None },
        ];
        assert_eq!(media(&entries), wanted);
    }
}
