//! The cases that every service passes.

use std::collections::BTreeSet;
use std::time::Duration;

use chrono::{SubsecRound, TimeDelta};
use rundown_core::model::{Edit, PostStatus, RemoteId, Standing};
use rundown_core::service::{
    Accepted, Disposition, ListQuery, Reading, RemoteChannel, RemotePost, ServiceError,
};
use rundown_practice::{Fault, Match, What};

use crate::bench::{
    Bench, Dialect, NOW, Order, PlanLimits, ProofOfGone, ReadBy, at, key, standing_after,
};

pub use crate::writing::*;

/// One test for each case, over HTTP and in the process, each ending with a look at the violations.
macro_rules! every_case {
    ($service:ident, $dialect:ty) => {
        $crate::suite::every_case!($service, $dialect:
            a_long_list_comes_whole_and_each_post_once,
            drafts_are_listed_apart_and_dated_posts_by_their_time,
            the_newest_are_listed_first,
            the_channels_come_in_order_with_their_network_and_name,
            every_answer_carries_the_services_clock,
            each_edit_is_confirmed_by_its_answer_and_takes_effect,
            a_post_is_read_where_it_stands,
            a_post_changed_elsewhere_is_read_as_it_is_now,
            a_post_that_does_not_exist_is_gone,
            a_post_that_went_out_is_read_as_published_and_can_not_be_edited,
            a_key_that_is_not_accepted_is_named_so,
            a_plan_limit_comes_with_all_that_the_service_tells,
            an_edit_that_is_denied_makes_a_post_gone_only_where_that_is_proof,
            a_wait_that_is_asked_for_is_handed_on,
            a_server_error_leaves_the_outcome_open,
            a_gateways_page_leaves_the_outcome_open,
            a_server_error_after_applying_leaves_the_outcome_open,
            an_answer_that_cannot_be_read_leaves_the_outcome_open,
            a_cut_connection_leaves_the_outcome_open,
            an_answer_that_comes_too_late_leaves_the_outcome_open,
            an_answer_without_end_is_given_up,
            a_huge_answer_is_given_up,
            a_shifted_time_is_reported_as_the_service_has_it,
            an_ignored_pause_is_reported_as_the_service_has_it,
            a_list_that_is_behind_a_pause_is_not_believed,
            a_redirect_is_refused,
            after_every_fault_the_next_request_is_answered_as_usual,
            a_new_draft_has_its_text_and_channels_and_does_not_go_out,
            a_new_post_with_a_time_is_scheduled_at_once_or_refused_unsent,
            one_key_makes_one_post,
            a_creation_that_meets_a_fault_is_open_unless_it_was_denied,
            any_text_arrives_as_it_was_written,
            a_text_is_changed_or_refused_unsent,
            a_text_and_a_time_go_in_one_request,
            a_deleted_post_is_gone_or_called_off,
            a_deletion_that_meets_a_fault_is_open_unless_it_was_denied,
            a_post_that_went_out_can_not_be_edited_in_its_text,
            what_a_service_can_not_do_is_refused_unsent,
            a_draft_is_published_now_where_the_service_can,
        );
    };
    ($service:ident, $dialect:ty: $($case:ident),+ $(,)?) => {
        mod $service {
            $crate::suite::every_case!(over_http, $crate::bench::Way::Http, $dialect, $($case),+);
            $crate::suite::every_case!(in_process, $crate::bench::Way::InProcess, $dialect, $($case),+);
        }
    };
    ($module:ident, $way:expr, $dialect:ty, $($case:ident),+) => {
        mod $module {
            $(
                #[tokio::test]
                async fn $case() {
                    let bench = $crate::bench::Bench::<$dialect>::start($way).await;
                    $crate::suite::$case(&bench).await;
                    bench.assert_clean();
                }
            )+
        }
    };
}
pub(crate) use every_case;

pub async fn a_long_list_comes_whole_and_each_post_once<D: Dialect>(bench: &Bench<D>) {
    let first = at("2026-03-11T00:00:00Z");
    let added: BTreeSet<_> = (0..250)
        .map(|n| {
            let time = first + TimeDelta::hours(n);
            bench.world.add(&format!("Post {n}"), &Standing::scheduled(time)).0
        })
        .collect();
    let query = ListQuery::Dated { from: first, to: first + TimeDelta::hours(249) };
    let pages = bench.pages(&query).await;
    let soonest_first = |posts: &[RemotePost]| posts.is_sorted_by_key(|post| post.standing.time);
    assert!(pages.iter().all(|page| soonest_first(&page.posts)));
    let listed: Vec<_> = pages.into_iter().flat_map(|page| page.posts).collect();
    assert_eq!(listed.len(), 250);
    assert_eq!(soonest_first(&listed), D::ORDER == Order::AsAsked);
    assert_eq!(listed.into_iter().map(|post| post.id.0).collect::<BTreeSet<_>>(), added);
    let total = bench.service.list(&query, None).await.unwrap().value.total;
    assert!(total.is_none_or(|total| total == 250));
}

pub async fn drafts_are_listed_apart_and_dated_posts_by_their_time<D: Dialect>(bench: &Bench<D>) {
    let draft = bench.draft();
    let inside = bench.scheduled("2026-03-12T10:00:00Z");
    bench.scheduled("2026-03-20T10:00:00Z");
    let ids = |posts: Vec<RemotePost>| -> Vec<RemoteId> {
        posts.into_iter().map(|post| post.id).collect()
    };
    let (from, to) = (at("2026-03-12T10:00:00Z"), at("2026-03-13T00:00:00Z"));
    assert_eq!(ids(bench.everything(&ListQuery::Dated { from, to }).await), [inside]);
    let drafts = bench.everything(&ListQuery::Drafts).await;
    assert_eq!(drafts[0].text, "Not yet");
    assert_eq!(drafts[0].standing.status, PostStatus::Draft);
    assert_eq!(ids(drafts), [draft]);
}

pub async fn the_newest_are_listed_first<D: Dialect>(bench: &Bench<D>) {
    let first = bench.scheduled("2026-03-12T10:00:00Z");
    let second = bench.scheduled("2026-03-13T10:00:00Z");
    for post in [&second, &first] {
        bench.practice.clock().advance(TimeDelta::minutes(1));
        let time = at("2026-03-15T10:00:00Z");
        bench.world.edit_elsewhere(post, &Standing::scheduled(time));
    }
    let page = bench.service.list(&ListQuery::RecentlyChanged, None).await.unwrap().value;
    let now = bench.practice.clock().now();
    for post in &page.posts {
        let dated = (post.id == first).then_some(now).or(Some(now - TimeDelta::minutes(1)));
        let dated = dated.filter(|_| D::DATES_CHANGES).map(|time| time.trunc_subsecs(3));
        assert_eq!(post.changed_at, dated, "when it was last changed there");
    }
    let ids: Vec<_> = page.posts.into_iter().map(|post| post.id).collect();
    match D::ORDER {
        Order::AsAsked => assert_eq!(ids, [first, second], "what was changed last"),
        Order::NewestMade => assert_eq!(ids, [second, first], "what was made last"),
    }
}

pub async fn the_channels_come_in_order_with_their_network_and_name<D: Dialect>(bench: &Bench<D>) {
    let channels = bench.service.channels().await.unwrap().value;
    let told = channels.iter().map(|channel| {
        let RemoteChannel { id, network, name, handle, .. } = channel;
        (id.as_str(), network.as_str(), name.as_str(), handle.as_deref())
    });
    let known = D::CHANNELS.map(|one| (one.id, one.network, one.name, one.handle));
    assert_eq!(told.collect::<Vec<_>>(), known);
    assert!(channels.iter().all(|channel| channel.problem.is_none()));

    let post = bench.scheduled("2026-03-12T10:00:00Z");
    let listed = bench.everything(&ListQuery::RecentlyChanged).await;
    let post = listed.into_iter().find(|listed| listed.id == post).unwrap();
    let lanes = post.targets.iter().map(|it| (it.channel.as_str(), it.network.as_str()));
    let own = D::CHANNELS.iter().take(D::TARGETS).map(|one| (one.id, one.network));
    assert!(lanes.eq(own), "a post names its channels as the list of channels does: {post:?}");
}

pub async fn every_answer_carries_the_services_clock<D: Dialect>(bench: &Bench<D>) {
    let post = bench.scheduled("2026-03-12T10:00:00Z");
    let near = [at("2026-03-12T10:00:00Z")];
    let dates = [
        bench.service.channels().await.unwrap().heard.date,
        bench.service.list(&ListQuery::Drafts, None).await.unwrap().heard.date,
        bench.service.read(&post, &near).await.unwrap().heard.date,
        bench.service.apply(&post, &Edit::pause(), &key()).await.unwrap().heard.date,
    ];
    assert_eq!(dates, [Some(at(NOW)); 4]);
}

pub async fn each_edit_is_confirmed_by_its_answer_and_takes_effect<D: Dialect>(bench: &Bench<D>) {
    let post = bench.scheduled("2026-03-12T10:00:00Z");
    let edits = [
        Edit::move_to(at("2026-03-13T10:00:00Z")),
        Edit::pause(),
        Edit::schedule(at("2026-03-14T10:00:00Z")),
    ];
    for edit in &edits {
        let wanted = standing_after(edit);
        let accepted = bench.service.apply(&post, edit, &key()).await.unwrap().value;
        assert_eq!(accepted.status.as_ref(), Some(&wanted.status));
        let confirmed = Standing { status: wanted.status.clone(), time: accepted.time };
        assert!(confirmed.same_as(&wanted), "{edit:?} was answered with {accepted:?}");
        assert!(bench.world.standing(&post).unwrap().same_as(&wanted), "{edit:?}");
    }
    let written = bench.practice.requests().iter().filter(|request| request.applied).count();
    assert_eq!(written, edits.len(), "one request each");
}

pub async fn a_post_is_read_where_it_stands<D: Dialect>(bench: &Bench<D>) {
    let time = at("2026-03-12T10:00:00Z");
    let scheduled = bench.scheduled("2026-03-12T10:00:00Z");
    let draft = bench.draft();
    for n in 0..120 {
        bench.world.add(&format!("Another {n}"), &Standing::draft());
    }
    let standing = Standing::scheduled(time);
    assert_eq!(bench.read_standing(&scheduled, "2026-03-12T10:00:00Z").await, standing);
    assert_eq!(bench.read_standing(&scheduled, "2026-03-12T09:30:00Z").await, standing);
    assert_eq!(bench.read_standing(&draft, "2026-03-12T10:00:00Z").await.status, PostStatus::Draft);
}

pub async fn a_post_changed_elsewhere_is_read_as_it_is_now<D: Dialect>(bench: &Bench<D>) {
    let post = bench.scheduled("2026-03-12T10:00:00Z");
    let moved = Standing::scheduled(at("2026-04-20T10:00:00Z"));
    bench.practice.clock().advance(TimeDelta::minutes(1));
    bench.world.edit_elsewhere(&post, &moved);
    assert_eq!(
        bench.read_standing(&post, "2026-03-12T10:00:00Z").await,
        moved,
        "far from where it was"
    );
    bench.world.edit_elsewhere(&post, &Standing::draft());
    assert_eq!(bench.read_standing(&post, "2026-03-12T10:00:00Z").await.status, PostStatus::Draft);
}

pub async fn a_post_that_does_not_exist_is_gone<D: Dialect>(bench: &Bench<D>) {
    let time = "2026-03-12T10:00:00Z";
    let (post, other) = (bench.scheduled(time), bench.scheduled(time));
    bench.world.delete_elsewhere(&post);
    if D::PROOF_OF_GONE == ProofOfGone::DenialAfterAReading {
        assert_eq!(bench.read(&post, time).await, Reading::Unclear, "its first word on a post");
        assert!(matches!(bench.read(&other, time).await, Reading::Found(_)));
    }
    assert_eq!(bench.read(&post, time).await, Reading::Gone);
}

pub async fn a_post_that_went_out_is_read_as_published_and_can_not_be_edited<D: Dialect>(
    bench: &Bench<D>,
) {
    let post = bench.scheduled("2026-03-10T09:30:00Z");
    bench.practice.clock().set(at("2026-03-10T09:30:00Z"));
    bench.practice.tick();
    assert_eq!(
        bench.read_standing(&post, "2026-03-10T09:30:00Z").await.status,
        PostStatus::Published
    );
    let error = bench.service.apply(&post, &Edit::pause(), &key()).await.unwrap_err();
    assert_eq!(error.disposition(), Disposition::Refused);
    assert!(error.to_string().contains("published"), "the service's own sentence: {error}");
}

pub async fn a_key_that_is_not_accepted_is_named_so<D: Dialect>(bench: &Bench<D>) {
    let (error, applied) = bench.faulty_edit(What::Unauthorized401, Edit::pause()).await;
    assert_eq!((error.disposition(), applied), (Disposition::NeedsKey, false));

    let stranger = format!("{}0", D::KEY);
    let error = bench.with_key(&stranger).channels().await.unwrap_err();
    assert!(matches!(error, ServiceError::KeyRefused { .. }), "{error:?}");
    assert!(!format!("{error} {error:?}").contains(&stranger));
}

pub async fn a_plan_limit_comes_with_all_that_the_service_tells<D: Dialect>(bench: &Bench<D>) {
    let (error, applied) = bench.faulty_edit(What::PlanLimit403, Edit::pause()).await;
    assert_eq!((error.disposition(), applied), (Disposition::Refused, false));
    match (&error, D::PLAN_LIMITS) {
        (ServiceError::PlanLimit(limit), PlanLimits::InNumbers) => {
            assert_eq!((limit.limit, limit.used, limit.remaining), (Some(3), Some(3), Some(0)));
            assert!(limit.code.is_some() && limit.metric.is_some() && limit.plan.is_some());
            assert!(limit.sentence.contains("3 scheduled posts"), "{}", limit.sentence);
        }
        (ServiceError::PlanLimit(limit), PlanLimits::ByCode) => {
            assert!(limit.code.is_some() && limit.sentence.contains(' '), "{limit:?}");
        }
        (ServiceError::Refused { status: 403, sentence }, PlanLimits::InWords) => {
            assert!(sentence.contains(' '), "{sentence}");
        }
        _ => panic!("{error:?}"),
    }
}

pub async fn an_edit_that_is_denied_makes_a_post_gone_only_where_that_is_proof<D: Dialect>(
    bench: &Bench<D>,
) {
    let (error, applied) = bench.faulty_edit(What::NotFound404, Edit::pause()).await;
    assert_eq!((error.disposition(), applied), (Disposition::Refused, false));
    let is_gone = matches!(error, ServiceError::NotFound { .. });
    assert_eq!(is_gone, D::PROOF_OF_GONE == ProofOfGone::Denial, "{error:?}");
}

pub async fn a_wait_that_is_asked_for_is_handed_on<D: Dialect>(bench: &Bench<D>) {
    let wait = What::TooMany429 { retry_after_secs: 7 };
    let later = Disposition::Later { retry_after: Some(Duration::from_secs(7)) };
    let (error, applied) = bench.faulty_edit(wait.clone(), Edit::pause()).await;
    assert_eq!((error.disposition(), applied), (later, false));
    assert_eq!(bench.faulty_list(wait).await.disposition(), later);
}

pub async fn a_server_error_leaves_the_outcome_open<D: Dialect>(bench: &Bench<D>) {
    let (error, applied) = bench.faulty_edit(What::Internal500, Edit::pause()).await;
    assert!(matches!(error, ServiceError::ServerTrouble { status: 500, .. }), "{error:?}");
    assert!(error.to_string().contains("Internal server error"), "{error}");
    assert_eq!((error.disposition(), applied), (Disposition::Unknown, false));
}

pub async fn a_gateways_page_leaves_the_outcome_open<D: Dialect>(bench: &Bench<D>) {
    let (error, applied) = bench.faulty_edit(What::BadGatewayHtml502, Edit::pause()).await;
    assert!(matches!(error, ServiceError::ServerTrouble { status: 502, .. }), "{error:?}");
    assert!(!error.to_string().contains('<'), "no HTML: {error}");
    assert_eq!((error.disposition(), applied), (Disposition::Unknown, false));
}

pub async fn a_server_error_after_applying_leaves_the_outcome_open<D: Dialect>(bench: &Bench<D>) {
    let edit = Edit::move_to(at("2026-03-14T10:00:00Z"));
    let (error, applied) = bench.faulty_edit(What::Unavailable503AfterApplying, edit).await;
    assert!(matches!(error, ServiceError::ServerTrouble { status: 503, .. }), "{error:?}");
    assert_eq!((error.disposition(), applied), (Disposition::Unknown, true));
}

pub async fn an_answer_that_cannot_be_read_leaves_the_outcome_open<D: Dialect>(bench: &Bench<D>) {
    for (what, effect) in [(What::BadJson, true), (What::Garbage, false)] {
        let (error, applied) = bench.faulty_edit(what.clone(), Edit::pause()).await;
        assert!(matches!(error, ServiceError::Unreadable { .. }), "{error:?}");
        assert_eq!((error.disposition(), applied), (Disposition::Unknown, effect));
        let error = bench.faulty_list(what).await;
        assert!(matches!(error, ServiceError::Unreadable { .. }), "{error:?}");
    }
}

pub async fn a_cut_connection_leaves_the_outcome_open<D: Dialect>(bench: &Bench<D>) {
    for (what, effect) in [(What::CutBeforeApplying, false), (What::CutAfterApplying, true)] {
        bench.practice.clear_requests();
        let (error, applied) = bench.faulty_edit(what, Edit::pause()).await;
        assert!(matches!(error, ServiceError::Interrupted { .. }), "{error:?}");
        assert_eq!((error.disposition(), applied), (Disposition::Unknown, effect));
        assert_eq!(bench.practice.requests().len(), 1, "it was not sent again");
    }
}

pub async fn an_answer_that_comes_too_late_leaves_the_outcome_open<D: Dialect>(bench: &Bench<D>) {
    let service = bench.impatient();
    for (what, effect) in [(What::Delay(60_000), false), (What::DelayAfterApplying(60_000), true)] {
        let (error, applied) = bench.faulty_edit_by(service.as_ref(), what, Edit::pause()).await;
        assert!(matches!(error, ServiceError::Interrupted { .. }), "{error:?}");
        assert_eq!(applied, effect);
    }
}

pub async fn an_answer_without_end_is_given_up<D: Dialect>(bench: &Bench<D>) {
    let service = bench.impatient();
    let (error, _) = bench.faulty_edit_by(service.as_ref(), What::NeverEnding, Edit::pause()).await;
    assert!(matches!(error, ServiceError::Interrupted { .. }), "{error:?}");
}

pub async fn a_huge_answer_is_given_up<D: Dialect>(bench: &Bench<D>) {
    let huge = What::HugeBody { bytes: 10_000_000 };
    let error = bench.faulty_list(huge.clone()).await;
    assert!(matches!(error, ServiceError::Unreadable { .. }), "{error:?}");
    let (error, _) = bench.faulty_edit(huge, Edit::pause()).await;
    assert_eq!(error.disposition(), Disposition::Unknown);
}

pub async fn a_shifted_time_is_reported_as_the_service_has_it<D: Dialect>(bench: &Bench<D>) {
    let post = bench.scheduled("2026-03-12T10:00:00Z");
    bench.practice.fault(Fault::once(Match::any(), What::TimeShifted { minutes: 5 }));
    let edit = Edit::move_to(at("2026-03-14T10:00:00Z"));
    let accepted = bench.service.apply(&post, &edit, &key()).await.unwrap().value;
    assert_eq!(accepted.time, Some(at("2026-03-14T10:05:00Z")));
    let standing = Standing::scheduled(at("2026-03-14T10:05:00Z"));
    assert_eq!(bench.read_standing(&post, "2026-03-14T10:00:00Z").await, standing);
}

pub async fn an_ignored_pause_is_reported_as_the_service_has_it<D: Dialect>(bench: &Bench<D>) {
    let post = bench.scheduled("2026-03-12T10:00:00Z");
    let ignored = What::StatusIgnored { time_applied: false };
    bench.practice.fault(Fault::once(Match::any(), ignored));
    let accepted = bench.service.apply(&post, &Edit::pause(), &key()).await.unwrap().value;
    let still = Accepted {
        status: Some(PostStatus::Scheduled),
        time: Some(at("2026-03-12T10:00:00Z")),
        ..Accepted::default()
    };
    assert_eq!(accepted, still);
}

pub async fn a_list_that_is_behind_a_pause_is_not_believed<D: Dialect>(bench: &Bench<D>) {
    let time = "2026-03-12T10:00:00Z";
    let post = bench.scheduled(time);
    bench.practice.fault(Fault::once(Match::any(), What::StaleList { seconds: 60 }));
    bench.service.apply(&post, &Edit::pause(), &key()).await.unwrap();
    if D::READ_BY == ReadBy::Listing {
        assert_eq!(bench.read(&post, time).await, Reading::Unclear, "until it has caught up");
        bench.practice.clock().advance(TimeDelta::seconds(61));
    }
    assert_eq!(bench.read_standing(&post, time).await.status, PostStatus::Draft);
}

pub async fn a_redirect_is_refused<D: Dialect>(bench: &Bench<D>) {
    let elsewhere = What::Redirect { to: "https://elsewhere.example/".to_owned() };
    let (error, applied) = bench.faulty_edit(elsewhere, Edit::pause()).await;
    assert_eq!((error.disposition(), applied), (Disposition::Refused, false));
    assert!(error.to_string().contains("elsewhere.example"), "{error}");
}

pub async fn after_every_fault_the_next_request_is_answered_as_usual<D: Dialect>(bench: &Bench<D>) {
    for what in [
        What::Unauthorized401,
        What::TooMany429 { retry_after_secs: 1 },
        What::BadGatewayHtml502,
        What::BadJson,
        What::CutBeforeApplying,
        What::CutAfterApplying,
        What::HugeBody { bytes: 10_000_000 },
        What::Garbage,
    ] {
        bench.faulty_list(what.clone()).await;
        let listed = bench.service.list(&ListQuery::Drafts, None).await;
        assert!(listed.is_ok(), "after {what:?}: {listed:?}");
    }
}
