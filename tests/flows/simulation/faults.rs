//! What goes wrong on the way, and at the services.

use chrono::TimeDelta;
use rundown_practice::{Fault, Match, What};

use super::world::World;

/// Orders something to go wrong at the next requests.
pub fn order(world: &mut World) {
    if world.chance.u32(..8) == 0 {
        let by = TimeDelta::seconds(world.chance.i64(3..28));
        world.note(format!("a write is to be held up for {} s", by.num_seconds()));
        return world.desk.road.delays.order(by);
    }
    let what = match world.chance.u32(..16) {
        0 => What::Delay(world.chance.u64(100..20_000)),
        1 => What::DelayAfterApplying(world.chance.u64(100..20_000)),
        2 => What::DelayAfterApplying(60_000),
        3 => What::CutBeforeApplying,
        4 | 5 => What::CutAfterApplying,
        6 => What::Internal500,
        7 => What::Unavailable503AfterApplying,
        8 => What::BadJson,
        9 => What::TooMany429 { retry_after_secs: world.chance.u64(5..200) },
        10 => What::StaleList { seconds: 50 },
        11 => What::PlanLimit403,
        12 => What::TimeShifted { minutes: world.chance.i64(3..20) },
        13 => What::StatusIgnored { time_applied: world.chance.bool() },
        14 => What::BadGatewayHtml502,
        _ => What::Garbage,
    };
    let on = match world.chance.u32(..4) {
        0 => Match::any(),
        1 => Match::method("GET"),
        2 => Match::method("POST"),
        _ => Match::method(["PUT", "PATCH"][world.chance.usize(..2)]),
    };
    let is_of_writes = matches!(what, What::PlanLimit403);
    let on = if is_of_writes && on.method.is_none() { Match::method("PUT") } else { on };
    world.note(format!("{what:?} is to happen to {:?}", on.method));
    world.desk.practice.fault(Fault::once(on, what));
}
