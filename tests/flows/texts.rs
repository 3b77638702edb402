//! What is typed before it is saved, and the texts that a post has had.

use chrono::TimeDelta;
use rundown_core::events::Event;
use rundown_core::model::{Form, PostId, PostStatus, TextSource, TypedTime, Unsaved};
use rundown_practice::publora::Edit;
use rundown_practice::{Fault, Match, What};

use crate::desk::{Desk, at};
use crate::offices::{connect, one_post_each, publora_form};

/// A desk at Publora, and its post for noon with the text “One post each”.
async fn at_publora() -> (Desk, PostId, String) {
    let desk = Desk::bare();
    let [_, remote, ..] = one_post_each(&desk);
    connect(&desk, publora_form()).await;
    desk.pass(TimeDelta::seconds(5)).await;
    let post = desk.id(&remote);
    (desk, post, remote)
}

fn typed(form: Form, text: &str) -> Unsaved {
    let (text, base) = (text.to_owned(), "One post each".to_owned());
    Unsaved { form, text, base, account: None, channels: Vec::new(), when: None }
}

fn write_elsewhere(desk: &Desk, remote: &str) {
    let edit = Edit { content: Some("Written elsewhere".to_owned()), ..Edit::default() };
    assert!(desk.practice.publora().edit_elsewhere(remote, edit));
}

fn versions(desk: &Desk, post: &PostId) -> Vec<(String, TextSource)> {
    let versions = desk.app.text_versions(post).unwrap();
    versions.into_iter().map(|version| (version.text, version.source)).collect()
}

#[tokio::test(start_paused = true)]
async fn what_is_typed_survives_a_crash_and_no_pull_touches_it() {
    let (mut desk, post, remote) = at_publora().await;
    let new = Unsaved {
        account: Some(desk.account().id.to_string()),
        channels: vec!["gone".to_owned()],
        when: Some(TypedTime { date: "tomorrow".to_owned(), time: "9".to_owned() }),
        ..typed(Form::New, "A thought")
    };
    let edit = typed(Form::Edit(post.clone()), "Half a sent");
    desk.app.keep_unsaved(&new).unwrap();
    desk.pass(TimeDelta::seconds(1)).await;
    desk.app.keep_unsaved(&edit).unwrap();
    desk.restart().await;
    write_elsewhere(&desk, &remote);
    desk.app.refresh();
    desk.pass(TimeDelta::minutes(10)).await;
    assert_eq!(desk.shown(&remote).text, "Written elsewhere");
    assert_eq!(desk.app.unsaved().unwrap(), [edit.clone(), new.clone()]);
    desk.app.forget_unsaved(&edit.form).unwrap();
    assert_eq!(desk.app.unsaved().unwrap(), [new]);
}

#[tokio::test(start_paused = true)]
async fn every_text_of_a_post_is_kept_with_where_it_came_from() {
    let (desk, post, remote) = at_publora().await;
    assert_eq!(versions(&desk, &post), [], "it has had one text");
    desk.app.edit_text(&post, "A better one".to_owned()).unwrap();
    desk.pass(TimeDelta::minutes(1)).await;
    write_elsewhere(&desk, &remote);
    desk.app.refresh();
    desk.pass(TimeDelta::minutes(10)).await;
    desk.take_down();
    desk.app.edit_text(&post, "Not sent".to_owned()).unwrap();
    desk.app.undo().unwrap();
    let (here, service) = (TextSource::Here, TextSource::Service);
    let all = [
        ("Not sent".to_owned(), here),
        ("Written elsewhere".to_owned(), service),
        ("A better one".to_owned(), here),
        ("One post each".to_owned(), service),
    ];
    assert_eq!(versions(&desk, &post), all);
    let times: Vec<_> = desk.app.text_versions(&post).unwrap();
    assert!(times.iter().rev().skip(1).all(|version| version.at.is_some()));
    assert_eq!(times.last().unwrap().at, None, "nobody knows since when");
}

#[tokio::test(start_paused = true)]
async fn the_texts_of_a_draft_that_is_only_here_are_kept_and_the_last_fifty_of_them() {
    let (desk, ..) = at_publora().await;
    desk.take_down();
    let post = desk.create("Text 0", None);
    for number in 1..60 {
        desk.app.edit_text(&post, format!("Text {number}")).unwrap();
    }
    let kept = versions(&desk, &post);
    assert_eq!(kept.len(), 50);
    assert_eq!(kept[0], ("Text 59".to_owned(), TextSource::Here));
}

#[tokio::test(start_paused = true)]
async fn what_was_written_for_a_post_that_is_deleted_elsewhere_becomes_a_draft_here() {
    for is_saved in [false, true] {
        let (mut desk, post, remote) = at_publora().await;
        if is_saved {
            desk.take_down();
            desk.app.edit_text(&post, "Hours of work".to_owned()).unwrap();
        } else {
            desk.app.keep_unsaved(&typed(Form::Edit(post.clone()), "Hours of work")).unwrap();
        }
        desk.practice.publora().delete_elsewhere(&remote);
        desk.bring_up();
        desk.clock.jump(TimeDelta::hours(7));
        desk.pass(TimeDelta::minutes(30)).await;
        assert!(desk.app.posts(std::slice::from_ref(&post)).unwrap().is_empty());
        let drafts = desk.app.drafts().unwrap();
        let draft = drafts.iter().find(|draft| draft.text == "Hours of work").unwrap();
        assert_eq!(draft.confirmed.status, PostStatus::Draft);
        assert_eq!((draft.remembered, &draft.remote), (Some(at("12:00")), &None));
        assert!(desk.app.unsaved().unwrap().is_empty());
        let says_so = |event: &Event| {
            matches!(event, Event::Notice(notice)
                if notice.message.contains("kept here as a draft")
                && notice.post.as_ref() == Some(&draft.id))
        };
        assert!(desk.news().iter().any(says_so), "saved: {is_saved}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_written_while_its_post_is_being_asked_for_is_not_lost_with_it() {
    let (desk, post, remote) = at_publora().await;
    desk.practice.publora().delete_elsewhere(&remote);
    let asked_for = Match::path(&format!("get-post/{remote}"));
    desk.practice.fault(Fault::always(asked_for, What::DelayAfterApplying(20_000)));
    desk.clock.jump(TimeDelta::hours(7));
    for _ in 0..600 {
        desk.pass(TimeDelta::seconds(5)).await;
        if desk.road.is_busy() {
            break;
        }
    }
    desk.app.edit_text(&post, "Just now".to_owned()).unwrap();
    desk.pass(TimeDelta::minutes(30)).await;
    assert!(desk.app.posts(&[post]).unwrap().is_empty());
    assert!(desk.app.drafts().unwrap().iter().any(|draft| draft.text == "Just now"));
}

#[tokio::test(start_paused = true)]
async fn what_was_typed_for_a_duplicate_outlives_its_original() {
    let (desk, post, remote) = at_publora().await;
    desk.app.keep_unsaved(&typed(Form::Like(post), "Alike")).unwrap();
    desk.practice.publora().delete_elsewhere(&remote);
    desk.clock.jump(TimeDelta::hours(7));
    desk.pass(TimeDelta::minutes(30)).await;
    assert_eq!(desk.app.unsaved().unwrap(), [typed(Form::New, "Alike")]);
}

#[tokio::test(start_paused = true)]
async fn what_was_typed_for_a_duplicate_becomes_a_draft_where_a_new_post_is_being_written_too() {
    let (desk, post, remote) = at_publora().await;
    desk.app.keep_unsaved(&typed(Form::New, "Something else")).unwrap();
    desk.app.keep_unsaved(&typed(Form::Like(post), "Alike")).unwrap();
    desk.practice.publora().delete_elsewhere(&remote);
    desk.clock.jump(TimeDelta::hours(7));
    desk.pass(TimeDelta::minutes(30)).await;
    assert_eq!(desk.app.unsaved().unwrap(), [typed(Form::New, "Something else")]);
    assert!(desk.app.drafts().unwrap().iter().any(|draft| draft.text == "Alike"));
}
