//! Waiting without a runtime.

use std::cell::Cell;
use std::future::{pending, ready};
use std::rc::Rc;

use shopper_mcp::wait::{Bell, First, SingleFlight, both, race};

use crate::support::world::World;

#[test]
fn the_first_of_two_and_the_other_is_dropped() {
    struct Dropped(Rc<Cell<bool>>);
    impl Drop for Dropped {
        fn drop(&mut self) {
            self.0.set(true);
        }
    }
    let world = World::new();
    let dropped = Rc::new(Cell::new(false));
    let guard = Dropped(dropped.clone());
    let (fast, slow) = (world.sleep(10.0), world.sleep(20.0));
    let loser = async move {
        let _guard = guard;
        slow.await;
    };
    assert!(matches!(world.start(0, race(fast, loser)).wait(), First::Left(())));
    assert!(dropped.get() && world.elapsed() == 10.0);
    assert!(matches!(world.start(0, race(ready(1), ready(2))).wait(), First::Left(1)), "the left one at a tie");
    assert!(matches!(world.start(0, race(pending::<()>(), ready(2))).wait(), First::Right(2)));
}

#[test]
fn both_of_two_at_the_same_time() {
    let world = World::new();
    let (left, right) = (world.sleep(30.0), world.sleep(20.0));
    let work = both(
        async {
            left.await;
            1
        },
        async {
            right.await;
            "b"
        },
    );
    assert_eq!(world.start(0, work).wait(), (1, "b"));
    assert_eq!(world.elapsed(), 30.0);
}

#[test]
fn a_bell_wakes_everyone_who_listened_before_it_rang() {
    let world = World::new();
    let bell = Rc::<Bell>::default();
    bell.ring();
    let waiters: Vec<_> = (0..3)
        .map(|_| {
            let bell = bell.clone();
            world.start(0, async move { bell.next().await })
        })
        .collect();
    world.settle();
    assert!(waiters.iter().all(|waiter| !waiter.is_done()), "an earlier ring does not count");
    bell.ring();
    world.settle();
    assert!(waiters.iter().all(|waiter| waiter.is_done()));
    // Who asks before a ring and looks after it does not miss it.
    let missed = bell.clone();
    let late = world.start(0, async move {
        let next = missed.next();
        missed.ring();
        next.await;
    });
    late.wait();
}

#[test]
fn one_flight_for_all_and_the_next_one_is_new() {
    let world = World::new();
    let flights = Rc::new(SingleFlight::<u32>::default());
    let starts = Rc::new(Cell::new(0));
    let join = || {
        let (flights, starts, spawner, clock) = (flights.clone(), starts.clone(), world.clone(), world.clone());
        world.start(0, async move {
            let work = Box::pin(async move {
                starts.set(starts.get() + 1);
                clock.sleep(100.0).await;
                starts.get()
            });
            flights.join(&|task| spawner.spawn(0, task), work).await
        })
    };
    let (first, second) = (join(), join());
    world.advance(50.0);
    first.abort();
    let third = join();
    assert_eq!((second.wait(), third.wait()), (1, 1), "the work goes on when the one who began it gives up");
    assert_eq!(join().wait(), 2);
}
