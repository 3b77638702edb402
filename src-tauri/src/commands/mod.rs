//! The commands: one use case each, and nothing of their own.

mod accounts;
mod activity;
mod pauses;
mod posts;
mod preferences;
mod quit;
mod status;
mod texts;

use tauri::Wry;
use tauri_specta::{Builder, Commands, ErrorHandlingMode, collect_commands, collect_events};

use crate::wire;

/// All commands and events, for the app and for the generated bindings.
pub fn bindings() -> Builder<Wry> {
    Builder::new()
        .error_handling(ErrorHandlingMode::Throw)
        .disable_serde_phases()
        .commands(all())
        .events(collect_events![
            wire::Changed,
            wire::Notice,
            wire::QuitAsked,
            wire::ShowPost,
            wire::ShowPauses,
            wire::WindowClosing
        ])
        .typ::<wire::Error>()
}

fn all() -> Commands<Wry> {
    collect_commands![
        accounts::services,
        accounts::accounts,
        accounts::connect_account,
        accounts::choose_workspace,
        accounts::cancel_connect,
        accounts::replace_key,
        accounts::rename_account,
        accounts::colour_account,
        accounts::move_account,
        accounts::hide_channel,
        accounts::show_channel,
        accounts::lost_by_disconnecting,
        accounts::disconnect_account,
        accounts::add_channel,
        accounts::rename_channel,
        accounts::remove_channel,
        posts::posts_in_range,
        posts::drafts,
        posts::posts,
        posts::post_history,
        posts::reschedule_post,
        posts::pause_post,
        posts::resume_post,
        posts::create_post,
        posts::edit_post,
        posts::delete_post,
        posts::cancel_post,
        posts::publish_post_now,
        posts::retry_post,
        posts::skip_post,
        posts::hand_over_post,
        posts::undo,
        posts::redo,
        posts::dismiss_problem,
        posts::try_again,
        posts::resolve_conflict,
        activity::activity,
        activity::retry_change,
        activity::discard_change,
        activity::copy_change_details,
        texts::unsaved,
        texts::keep_unsaved,
        texts::forget_unsaved,
        texts::window_may_close,
        texts::text_versions,
        pauses::pausable,
        pauses::pause_all,
        pauses::pauses,
        pauses::resume_all,
        pauses::end_pauses,
        status::status,
        status::refresh,
        status::window_focused,
        status::open_link,
        preferences::preferences,
        preferences::save_preferences,
        quit::quit_question,
        quit::answer_quit,
    ]
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use specta_typescript::Typescript;

    /// Where the bindings are committed.
    const BINDINGS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../ui/src/host/bindings.ts");

    /// `cargo xtask bindings` runs this with `RUNDOWN_WRITE_BINDINGS=1`.
    #[test]
    fn bindings_are_fresh() {
        let folder = std::env::temp_dir().join(format!("rundown-bindings-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let fresh_path = folder.join("bindings.ts");
        super::bindings().export(Typescript::default(), &fresh_path).unwrap();
        let fresh = fs::read_to_string(&fresh_path).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        if std::env::var_os("RUNDOWN_WRITE_BINDINGS").is_some() {
            fs::write(BINDINGS, fresh).unwrap();
            return;
        }
        let committed = fs::read_to_string(Path::new(BINDINGS)).unwrap_or_default();
        assert!(fresh == committed, "ui/src/host/bindings.ts is stale: run `cargo xtask bindings`");
    }
}
