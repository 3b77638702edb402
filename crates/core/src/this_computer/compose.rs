//! The pages on which networks let a text be posted by hand, some with the text filled in.

use url::Url;

/// The longest address that is opened: Windows opens no longer ones, and the text is copied anyway.
const LONGEST: usize = 2000;

/// The page to write a post on, for a network that has one; with the text in it where the network
/// takes one and the address does not get too long. The handle tells Mastodon's server.
pub(super) fn compose_page(network: &str, handle: Option<&str>, text: &str) -> Option<Url> {
    let (page, field) = match network {
        "twitter" | "x" => ("https://x.com/intent/post".to_owned(), Some("text")),
        "bluesky" => ("https://bsky.app/intent/compose".to_owned(), Some("text")),
        "threads" => ("https://www.threads.net/intent/post".to_owned(), Some("text")),
        "linkedin" => ("https://www.linkedin.com/feed/?shareActive=true".to_owned(), Some("text")),
        "reddit" => ("https://www.reddit.com/submit?selftext=true".to_owned(), Some("text")),
        "telegram" => ("https://t.me/share/url?url=".to_owned(), Some("text")),
        "mastodon" => (format!("https://{}/share", server_of(handle?)?), Some("text")),
        "facebook" => ("https://www.facebook.com/".to_owned(), None),
        _ => return None,
    };
    let page = Url::parse(&page).ok()?;
    let Some(field) = field else { return Some(page) };
    let mut filled = page.clone();
    filled.query_pairs_mut().append_pair(field, text);
    // Not every app behind these pages reads a plus sign as a space.
    let query = filled.query().map(|query| query.replace('+', "%20"));
    filled.set_query(query.as_deref());
    Some(if filled.as_str().len() > LONGEST { page } else { filled })
}

/// The server in a handle such as `studio@mastodon.social`; none where it can't be a server's name.
fn server_of(handle: &str) -> Option<&str> {
    let (_, server) = handle.trim_start_matches('@').split_once('@')?;
    let is_a_name = server.contains('.')
        && server.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'));
    is_a_name.then_some(server)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(network: &str, handle: Option<&str>, text: &str) -> Option<String> {
        compose_page(network, handle, text).map(String::from)
    }

    #[test]
    fn each_network_opens_its_own_page_with_the_text() {
        for (network, opened) in [
            ("x", "https://x.com/intent/post?text=Hi%20%26%20bye%23"),
            ("twitter", "https://x.com/intent/post?text=Hi%20%26%20bye%23"),
            ("bluesky", "https://bsky.app/intent/compose?text=Hi%20%26%20bye%23"),
            ("threads", "https://www.threads.net/intent/post?text=Hi%20%26%20bye%23"),
            ("linkedin", "https://www.linkedin.com/feed/?shareActive=true&text=Hi%20%26%20bye%23"),
            ("reddit", "https://www.reddit.com/submit?selftext=true&text=Hi%20%26%20bye%23"),
            ("telegram", "https://t.me/share/url?url=&text=Hi%20%26%20bye%23"),
            ("facebook", "https://www.facebook.com/"),
        ] {
            assert_eq!(page(network, None, "Hi & bye#").as_deref(), Some(opened), "{network}");
        }
    }

    #[test]
    fn a_network_without_such_a_page_opens_none() {
        for network in ["instagram", "tiktok", "newsletter", ""] {
            assert_eq!(page(network, Some("studio"), "Hi"), None, "{network}");
        }
    }

    #[test]
    fn mastodon_opens_the_users_own_server_and_nothing_else() {
        let opened = page("mastodon", Some("studio@mastodon.social"), "Hi");
        assert_eq!(opened.as_deref(), Some("https://mastodon.social/share?text=Hi"));
        for handle in
            [None, Some("studio"), Some("a@b"), Some("a@evil.example/x?"), Some("a@b:1.c")]
        {
            assert_eq!(page("mastodon", handle, "Hi"), None, "{handle:?}");
        }
    }

    #[test]
    fn a_text_too_long_for_an_address_is_left_out_of_it() {
        let opened = page("bluesky", None, &"word ".repeat(1000));
        assert_eq!(opened.as_deref(), Some("https://bsky.app/intent/compose"));
    }

    #[test]
    fn a_text_of_several_lines_and_signs_survives_the_address() {
        let text = "First line\n\n100 % “über” 🎉 a+b=c";
        let opened = compose_page("x", None, text).unwrap();
        let (_, value) = opened.query_pairs().next().unwrap();
        assert_eq!(value, text);
    }
}
