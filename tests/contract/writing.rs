//! The cases of creating, editing, deleting and publishing that every service passes, or is honest
//! about not being able to.

use chrono::TimeDelta;
use rundown_core::model::{
    Ability, Act, Creation, Deletion, Edit, PostStatus, PublishNow, RemoteId, Standing, Step,
};
use rundown_core::service::{
    Accepted, Answer, Created, Disposition, ListQuery, NewPost, NewTarget, Reading, ServiceError,
};
use rundown_practice::{Fault, Match, What};

use crate::bench::{Bench, Dialect, at, key};

const TIME: &str = "2026-03-12T10:00:00Z";
const TEXT: &str = "Spring menu";

/// A post for the channels that a post goes to.
fn new<D: Dialect>(text: &str, time: Option<&str>) -> NewPost {
    let channels = D::CHANNELS.iter().take(D::TARGETS).map(|channel| NewTarget {
        channel: RemoteId(channel.id.to_owned()),
        network: channel.network.to_owned(),
    });
    NewPost { text: text.to_owned(), channels: channels.collect(), time: time.map(at) }
}

async fn create<D: Dialect>(bench: &Bench<D>, text: &str) -> Result<Answer<Created>, ServiceError> {
    bench.service.create(&new::<D>(text, None), &key()).await
}

async fn act<D: Dialect>(
    bench: &Bench<D>,
    post: &RemoteId,
    act: Act,
) -> Result<Answer<Accepted>, ServiceError> {
    bench.world.expect(post, act);
    bench.service.act(post, act, &key()).await
}

/// Asserts that an error was the adapter's own, before anything was sent.
fn assert_unsent<D: Dialect>(bench: &Bench<D>, error: &ServiceError) {
    assert!(matches!(error, ServiceError::Refused { status: 0, .. }), "{error:?}");
    assert_eq!(bench.practice.requests().len(), 0, "{error:?} came after a request");
}

pub async fn a_new_draft_has_its_text_and_channels_and_does_not_go_out<D: Dialect>(
    bench: &Bench<D>,
) {
    let created = create(bench, TEXT).await.unwrap().value;
    assert_eq!(bench.practice.requests().len(), 1, "one request");
    assert_eq!(bench.world.text(&created.id).as_deref(), Some(TEXT));
    let told = created.accepted.status.unwrap_or(PostStatus::Draft);
    assert_eq!(told, PostStatus::Draft);
    assert_eq!(bench.world.standing(&created.id).unwrap().status, PostStatus::Draft);

    let drafts = bench.everything(&ListQuery::Drafts).await;
    assert_eq!(drafts.iter().map(|post| &post.id).collect::<Vec<_>>(), [&created.id]);
    let lanes: Vec<_> = drafts[0].targets.iter().map(|target| target.channel.as_str()).collect();
    let wanted: Vec<_> = D::CHANNELS.iter().take(D::TARGETS).map(|channel| channel.id).collect();
    assert_eq!((drafts[0].text.as_str(), lanes), (TEXT, wanted));

    bench.let_it_be("2026-03-20T10:00:00Z");
    assert_eq!(bench.world.standing(&created.id).unwrap().status, PostStatus::Draft);
}

pub async fn a_new_post_with_a_time_is_scheduled_at_once_or_refused_unsent<D: Dialect>(
    bench: &Bench<D>,
) {
    let outcome = bench.service.create(&new::<D>(TEXT, Some(TIME)), &key()).await;
    if bench.can.create == Creation::DraftFirst {
        return assert_unsent(bench, &outcome.unwrap_err());
    }
    let created = outcome.unwrap().value;
    let scheduled = Standing::scheduled(at(TIME));
    assert!(bench.world.standing(&created.id).unwrap().same_as(&scheduled));
    assert!(created.accepted.time.is_none_or(|time| time == at(TIME)), "{created:?}");
}

pub async fn one_key_makes_one_post<D: Dialect>(bench: &Bench<D>) {
    if bench.can.create != Creation::Keyed {
        return;
    }
    let (post, one) = (new::<D>(TEXT, Some(TIME)), key());
    let first = bench.service.create(&post, &one).await.unwrap().value;
    let again = bench.service.create(&post, &one).await.unwrap().value;
    assert_eq!((first.id, bench.world.count()), (again.id, 1));
    bench.service.create(&post, &key()).await.unwrap();
    assert_eq!(bench.world.count(), 2, "another key makes another post");
}

pub async fn a_creation_that_meets_a_fault_is_open_unless_it_was_denied<D: Dialect>(
    bench: &Bench<D>,
) {
    let wait = What::TooMany429 { retry_after_secs: 7 };
    for (what, applied, unknown) in [
        (What::Unauthorized401, false, false),
        (wait, false, false),
        (What::PlanLimit403, false, false),
        (What::Internal500, false, true),
        (What::BadGatewayHtml502, false, true),
        (What::CutBeforeApplying, false, true),
        (What::CutAfterApplying, true, true),
        (What::Unavailable503AfterApplying, true, true),
        (What::BadJson, true, true),
    ] {
        let before = bench.world.count();
        bench.practice.clear_requests();
        bench.practice.fault(Fault::once(Match::any(), what.clone()));
        let error = create(bench, TEXT).await.unwrap_err();
        let is_unknown = error.disposition() == Disposition::Unknown;
        assert_eq!(is_unknown, unknown, "{what:?} came to {error:?}");
        assert_eq!(bench.world.count() > before, applied, "{what:?}");
        assert_eq!(bench.practice.requests().len(), 1, "{what:?} was not followed");
    }
}

pub async fn any_text_arrives_as_it_was_written<D: Dialect>(bench: &Bench<D>) {
    let long = "ä".repeat(63_206);
    for text in
        ["Zwölf Boxkämpfer 👩‍🚀🌱", "صباح الخير\u{200f} ABC", "<b>bold</b> &amp; \"quoted\"", &long]
    {
        let created = create(bench, text).await.unwrap().value;
        assert_eq!(bench.world.text(&created.id).as_deref(), Some(text));
        let near = [at(TIME)];
        match bench.service.read(&created.id, &near).await.unwrap().value {
            Reading::Found(found) => assert_eq!(found.text, text),
            other => panic!("{other:?}"),
        }
    }
}

pub async fn a_text_is_changed_or_refused_unsent<D: Dialect>(bench: &Bench<D>) {
    let post = bench.scheduled(TIME);
    let outcome = bench.service.apply(&post, &Edit::text(TEXT), &key()).await;
    if !bench.can.edit_text {
        return assert_unsent(bench, &outcome.unwrap_err());
    }
    let accepted = outcome.unwrap().value;
    assert!(accepted.text.is_none_or(|text| text == TEXT));
    assert_eq!(bench.world.text(&post).as_deref(), Some(TEXT));
    assert!(bench.world.standing(&post).unwrap().same_as(&Standing::scheduled(at(TIME))));
}

pub async fn a_text_and_a_time_go_in_one_request<D: Dialect>(bench: &Bench<D>) {
    let post = bench.scheduled(TIME);
    let later = at("2026-03-13T10:00:00Z");
    let both = Edit { step: Some(Step::MoveTo(later)), text: Some(TEXT.to_owned()) };
    let outcome = bench.service.apply(&post, &both, &key()).await;
    if !bench.can.edit_text {
        assert_unsent(bench, &outcome.unwrap_err());
        assert!(bench.world.standing(&post).unwrap().same_as(&Standing::scheduled(at(TIME))));
        return;
    }
    outcome.unwrap();
    assert_eq!(bench.practice.requests().iter().filter(|it| it.applied).count(), 1);
    assert_eq!(bench.world.text(&post).as_deref(), Some(TEXT));
    assert!(bench.world.standing(&post).unwrap().same_as(&Standing::scheduled(later)));
}

pub async fn a_deleted_post_is_gone_or_called_off<D: Dialect>(bench: &Bench<D>) {
    for post in [bench.scheduled(TIME), bench.draft()] {
        act(bench, &post, Act::Delete).await.unwrap();
        let left = bench.world.standing(&post).map(|standing| standing.status);
        match bench.can.delete {
            Deletion::Removes => assert_eq!(left, None),
            Deletion::Cancels => assert_eq!(left, Some(PostStatus::Cancelled)),
            Deletion::Never => panic!("every service can delete"),
        }
        match (act(bench, &post, Act::Delete).await, bench.can.delete) {
            (Err(ServiceError::NotFound { .. }), Deletion::Removes) => {}
            (Err(again), Deletion::Cancels) => {
                assert_eq!(again.disposition(), Disposition::Refused, "{again:?}");
            }
            // It is as it was to be.
            (Ok(again), Deletion::Cancels) => {
                assert_eq!(again.value.status, Some(PostStatus::Cancelled));
            }
            (again, _) => panic!("{again:?}"),
        }
    }
}

pub async fn a_deletion_that_meets_a_fault_is_open_unless_it_was_denied<D: Dialect>(
    bench: &Bench<D>,
) {
    for (what, applied, disposition) in [
        (What::Unauthorized401, false, Disposition::NeedsKey),
        (What::Internal500, false, Disposition::Unknown),
        (What::CutBeforeApplying, false, Disposition::Unknown),
        (What::CutAfterApplying, true, Disposition::Unknown),
        (What::Unavailable503AfterApplying, true, Disposition::Unknown),
    ] {
        let post = bench.scheduled(TIME);
        bench.practice.fault(Fault::once(Match::any(), what.clone()));
        let error = act(bench, &post, Act::Delete).await.unwrap_err();
        assert_eq!(error.disposition(), disposition, "{what:?}");
        let stays = bench
            .world
            .standing(&post)
            .is_some_and(|standing| standing.status == PostStatus::Scheduled);
        assert_eq!(!stays, applied, "{what:?}");
    }
}

pub async fn a_post_that_went_out_can_not_be_edited_in_its_text<D: Dialect>(bench: &Bench<D>) {
    let post = bench.scheduled("2026-03-10T09:30:00Z");
    bench.let_it_be("2026-03-10T09:30:00Z");
    if bench.can.edit_text {
        let outcome = bench.service.apply(&post, &Edit::text(TEXT), &key()).await;
        assert_eq!(outcome.unwrap_err().disposition(), Disposition::Refused);
    }
    assert_ne!(bench.world.text(&post).as_deref(), Some(TEXT));
}

pub async fn what_a_service_can_not_do_is_refused_unsent<D: Dialect>(bench: &Bench<D>) {
    let post = bench.draft();
    for (act, ability) in [
        (Act::PublishNow, Ability::PublishNow),
        (Act::Retry, Ability::Retry),
        (Act::Skip, Ability::Skip),
    ] {
        if !bench.can.can(ability) {
            let error = bench.service.act(&post, act, &key()).await.unwrap_err();
            assert_unsent(bench, &error);
        }
    }
    assert_eq!(bench.world.standing(&post).unwrap().status, PostStatus::Draft);
}

pub async fn a_draft_is_published_now_where_the_service_can<D: Dialect>(bench: &Bench<D>) {
    if !matches!(bench.can.publish_now, PublishNow::AtService | PublishNow::DraftsAtService) {
        return;
    }
    let post = bench.draft();
    act(bench, &post, Act::PublishNow).await.unwrap();
    bench.practice.clock().advance(TimeDelta::minutes(1));
    bench.practice.tick();
    assert_eq!(bench.world.standing(&post).unwrap().status, PostStatus::Published);
}
