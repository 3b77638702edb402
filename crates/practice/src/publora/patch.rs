//! What the current generation lets an update change besides status and time.

use serde_json::{Map, Value, json};

use super::quirks::Quirks;
use crate::answer::Answer;
use crate::family::{PostState, State, Write, platform_settings};

/// The settings for each platform. What is below one of these is not looked into.
const SETTINGS: [(&str, &[&str]); 7] = [
    ("instagram", &["videoType", "coverUrl", "cover_url", "shareToFeed"]),
    (
        "tiktok",
        &[
            "viewerSetting",
            "allowComments",
            "allowDuet",
            "allowStitch",
            "commercialContent",
            "brandOrganic",
            "brandedContent",
        ],
    ),
    (
        "youtube",
        &["privacy", "title", "madeForKids", "tags", "categoryId", "playlist", "thumbnail"],
    ),
    ("threads", &["replyControl"]),
    ("twitter", &["replyTo", "quoteTweet"]),
    ("telegram", &["disableNotification", "disableWebPagePreview", "protectContent"]),
    ("linkedin", &["repostEnabled", "repostParentUrn", "repostVisibility"]),
];

/// The fields that were sent, read.
#[derive(Debug, Default)]
pub(super) struct Patch {
    content: Option<String>,
    pub platforms: Option<Vec<String>>,
    settings: Map<String, Value>,
    media_urls: Vec<String>,
}

impl Patch {
    /// Reads an update's fields, or says what is wrong with one of them.
    pub fn read(body: &Value) -> Result<Self, Answer> {
        let content = match &body["content"] {
            Value::Null => None,
            Value::String(text) => Some(text.clone()),
            _ => return Err(of_field("content", "INVALID_CONTENT", "Content must be a string")),
        };
        let platforms = match &body["platforms"] {
            Value::Null => None,
            Value::Array(list) => {
                let ids: Option<Vec<_>> =
                    list.iter().map(|id| id.as_str().map(str::to_owned)).collect();
                Some(ids.ok_or_else(not_an_array)?)
            }
            _ => return Err(not_an_array()),
        };
        refuse_duplicates(platforms.as_deref().unwrap_or_default())?;
        let settings = settings(&body["platformSettings"])?;
        Ok(Self { content, platforms, settings, media_urls: media_urls(body)? })
    }

    /// Changes the post. The set of platforms is replaced: a part that stays keeps its id.
    pub fn apply(
        self,
        state: &mut State<Quirks>,
        post: &mut PostState,
        write: &Write<'_>,
    ) -> Result<(), Answer> {
        if let Some(platforms) = self.platforms {
            refuse_strangers(state, &platforms, post, write)?;
            let mut former = std::mem::take(&mut post.platforms);
            let parts = platforms.into_iter().map(|id| {
                match former.iter().position(|part| part.platform_id == id) {
                    Some(at) => former.swap_remove(at),
                    None => state.new_part(id, write.now),
                }
            });
            post.platforms = parts.collect();
        }
        post.content = self.content.unwrap_or_else(|| std::mem::take(&mut post.content));
        post.media_urls.extend(self.media_urls);
        for (platform, settings) in self.settings {
            match (post.platform_settings.get_mut(&platform), settings) {
                (Some(Value::Object(former)), Value::Object(settings)) => former.extend(settings),
                (_, settings) => {
                    post.platform_settings.insert(platform, settings);
                }
            }
        }
        Ok(())
    }
}

/// Why a post cannot be scheduled as it is, if it cannot.
pub(super) fn refuse_scheduling(post: &PostState) -> Result<(), Answer> {
    if post.platforms.is_empty() {
        let body = json!({
            "error": "PLATFORMS_REQUIRED",
            "code": "PLATFORMS_REQUIRED",
            "message": "At least one platform is required to schedule a post. Add a platform or keep the post as a draft.",
        });
        return Err(Answer::refused(400, body));
    }
    if !post.content.trim().is_empty() || !post.media_urls.is_empty() {
        return Ok(());
    }
    let platforms: Vec<_> = post.platforms.iter().map(|part| part.platform()).collect();
    let errors = platforms.iter().map(|platform| {
        json!({
            "code": "CONTENT_OR_MEDIA_REQUIRED",
            "message": format!("A post on {platform} needs content or media"),
            "platform": platform,
            "field": "content",
            "severity": "error",
        })
    });
    let body = json!({
        "error": "Validation failed",
        "validation": {
            "valid": false,
            "errors": errors.collect::<Vec<_>>(),
            "warnings": [],
            "summary": {
                "errorCount": platforms.len(),
                "warningCount": 0,
                "affectedPlatforms": platforms,
            },
        },
    });
    Err(Answer::refused(400, body))
}

pub(super) fn refuse_duplicates(platforms: &[String]) -> Result<(), Answer> {
    let is_doubled = |(at, id): (usize, &String)| platforms[..at].contains(id);
    if platforms.iter().enumerate().any(is_doubled) {
        let sentence = "Platforms must not contain duplicates";
        return Err(of_field("platforms", "INVALID_PLATFORMS", sentence));
    }
    Ok(())
}

/// Refuses platforms that are added without being connections of the acting user.
fn refuse_strangers(
    state: &State<Quirks>,
    platforms: &[String],
    post: &PostState,
    write: &Write<'_>,
) -> Result<(), Answer> {
    let user = state.users.get(write.user);
    let is_connected = |id: &String| {
        user.is_some_and(|user| user.connections.iter().any(|one| one.platform_id == *id))
    };
    let former = post.connections();
    let strangers: Vec<_> =
        platforms.iter().filter(|id| !former.contains(id) && !is_connected(id)).collect();
    if strangers.is_empty() {
        return Ok(());
    }
    let names = strangers.iter().map(|id| id.as_str()).collect::<Vec<_>>().join(", ");
    let body = json!({
        "error": format!(
            "Invalid platform connection(s): {names}. Check connected accounts or call GET /platform-connections."
        ),
        "code": "INVALID_PLATFORM_CONNECTION",
        "invalidPlatforms": strangers,
    });
    Err(Answer::refused(400, body))
}

/// Reads `platformSettings`, and refuses what is not on the list of them.
pub(super) fn settings(value: &Value) -> Result<Map<String, Value>, Answer> {
    let settings = platform_settings(value)?;
    match unknown_setting(&settings) {
        None => Ok(settings),
        Some(path) => {
            let sentence = format!("Unknown platformSettings path: {path}");
            Err(of_field(&path, "PLATFORM_SETTING_UNKNOWN", &sentence))
        }
    }
}

/// The path of the first setting that is not on the list.
pub(super) fn unknown_setting(settings: &Map<String, Value>) -> Option<String> {
    settings.iter().find_map(|(platform, below)| {
        let Some((_, known)) = SETTINGS.iter().find(|(name, _)| name == platform) else {
            return Some(platform.clone());
        };
        let mut names = below.as_object().into_iter().flat_map(Map::keys);
        let name = names.find(|name| !known.contains(&name.as_str()))?;
        Some(format!("{platform}.{name}"))
    })
}

/// Reads `mediaUrls`. They are not fetched; an address that is not https fails as a fetch would.
pub(super) fn media_urls(body: &Value) -> Result<Vec<String>, Answer> {
    let refuse = |sentence: &str| Answer::error(400, sentence);
    let list = match &body["mediaUrls"] {
        Value::Null => return Ok(Vec::new()),
        Value::Array(list) => list,
        _ => return Err(refuse("mediaUrls must be an array of public https URLs")),
    };
    match list.len() {
        0 => return Err(refuse("mediaUrls must contain at least one URL when provided")),
        1..=10 => {}
        _ => return Err(refuse("mediaUrls supports at most 10 URLs per request")),
    }
    let urls: Option<Vec<_>> =
        list.iter().map(|url| url.as_str().filter(|url| !url.is_empty())).collect();
    let urls = urls.ok_or_else(|| refuse("Every mediaUrls entry must be a non-empty string"))?;
    if urls.iter().all(|url| url.starts_with("https://")) {
        return Ok(urls.into_iter().map(str::to_owned).collect());
    }
    let results = urls.iter().map(|url| {
        let is_secure = url.starts_with("https://");
        json!({ "url": url, "code": if is_secure { "MEDIA_URL_ROLLED_BACK" } else { "MEDIA_URL_PROTOCOL" } })
    });
    let results: Vec<_> = results.collect();
    let body = json!({ "error": "Media ingestion failed", "mediaResults": results });
    Err(Answer::refused(400, body))
}

fn not_an_array() -> Answer {
    of_field("platforms", "INVALID_PLATFORMS", "Platforms must be an array")
}

fn of_field(field: &str, code: &str, sentence: &str) -> Answer {
    Answer::refused(400, json!({ "error": sentence, "code": code, "field": field }))
}
