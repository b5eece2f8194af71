//! One thread, one clock: tasks run until nothing moves, then time goes on to the next timer.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};

/// Who a task belongs to: a document of a tab.
pub type Owner = u32;

/// Virtual time that one wait may take, ms: whoever waits longer is stuck.
const LONGEST_WAIT: f64 = 3_600_000.0;
/// Polls that one wait may take: whoever needs more is spinning.
const MOST_POLLS: u64 = 3_000_000;

struct Task {
    owner: Owner,
    /// Empty while it is polled.
    future: Option<Pin<Box<dyn Future<Output = ()>>>>,
}

enum Fire {
    Wake(Rc<Alarm>),
    Run(Box<dyn FnOnce()>),
}

#[derive(Default)]
struct Alarm {
    fired: Cell<bool>,
    waker: RefCell<Option<Waker>>,
}

/// See the module.
#[derive(Default)]
pub struct World {
    /// Microseconds since the beginning.
    elapsed: Cell<u64>,
    /// What the device's clock is off by, ms.
    skew: Cell<f64>,
    timers: RefCell<BTreeMap<(u64, u64), Fire>>,
    tasks: RefCell<BTreeMap<u64, Task>>,
    ready: Arc<Mutex<VecDeque<u64>>>,
    frozen: RefCell<BTreeSet<Owner>>,
    parked: RefCell<Vec<u64>>,
    numbers: Cell<u64>,
}

/// 2026-11-02 10:00:00 UTC, ms since the epoch.
pub const BEGINNING: f64 = 1_793_613_600_000.0;

impl World {
    pub fn new() -> Rc<Self> {
        Rc::default()
    }

    /// ms since the beginning; never jumps.
    pub fn elapsed(&self) -> f64 {
        self.elapsed.get() as f64 / 1000.0
    }

    /// The true time, which servers know.
    pub fn true_time(&self) -> f64 {
        BEGINNING + self.elapsed()
    }

    /// What the device believes.
    pub fn now(&self) -> f64 {
        self.true_time() + self.skew.get()
    }

    /// Moves the device's clock without time passing.
    pub fn jump(&self, ms: f64) {
        self.skew.set(self.skew.get() + ms);
    }

    /// A number that nobody else has.
    pub fn number(&self) -> u64 {
        self.numbers.set(self.numbers.get() + 1);
        self.numbers.get()
    }

    /// Waits. The timer runs from this call on, and is cleared when the future is dropped.
    pub fn sleep(self: &Rc<Self>, ms: f64) -> Sleep {
        let alarm = Rc::<Alarm>::default();
        let key = self.at(ms, Fire::Wake(alarm.clone()));
        Sleep { world: self.clone(), key, alarm }
    }

    /// Runs something later.
    pub fn later(&self, ms: f64, run: impl FnOnce() + 'static) {
        self.at(ms, Fire::Run(Box::new(run)));
    }

    fn at(&self, ms: f64, fire: Fire) -> (u64, u64) {
        let key = (self.elapsed.get() + (ms.clamp(0.0, 1e10) * 1000.0) as u64, self.number());
        self.timers.borrow_mut().insert(key, fire);
        key
    }

    /// Starts a task.
    pub fn start<T: 'static>(self: &Rc<Self>, owner: Owner, future: impl Future<Output = T> + 'static) -> Started<T> {
        let result = Rc::new(RefCell::new(None));
        let slot = result.clone();
        let id = self.add(owner, Box::pin(async move { *slot.borrow_mut() = Some(future.await) }));
        Started { world: self.clone(), id, result }
    }

    /// Starts a task that nobody waits for.
    pub fn spawn(&self, owner: Owner, future: Pin<Box<dyn Future<Output = ()>>>) {
        self.add(owner, future);
    }

    fn add(&self, owner: Owner, future: Pin<Box<dyn Future<Output = ()>>>) -> u64 {
        let id = self.number();
        self.tasks.borrow_mut().insert(id, Task { owner, future: Some(future) });
        self.ready.lock().unwrap().push_back(id);
        id
    }

    fn abandon(&self, id: u64) {
        let task = self.tasks.borrow_mut().remove(&id);
        drop(task);
    }

    /// Stops every task of an owner where it stands, as when its page is unloaded or its tab crashes: no destructor
    /// runs then, so none runs here.
    pub fn kill(&self, owner: Owner) {
        let dead: Vec<Task> =
            self.tasks.borrow_mut().extract_if(.., |_, task| task.owner == owner).map(|(_, t)| t).collect();
        dead.into_iter().for_each(std::mem::forget);
    }

    /// Stops an owner's tasks from running, as when its tab is suspended.
    pub fn freeze(&self, owner: Owner) {
        self.frozen.borrow_mut().insert(owner);
    }

    pub fn is_frozen(&self, owner: Owner) -> bool {
        self.frozen.borrow().contains(&owner)
    }

    /// Lets them run again.
    pub fn thaw(&self, owner: Owner) {
        self.frozen.borrow_mut().remove(&owner);
        self.ready.lock().unwrap().extend(self.parked.take());
    }

    /// Runs what can run without time passing; gives back the number of polls.
    pub fn settle(&self) -> u64 {
        let mut polls = 0;
        loop {
            let next = self.ready.lock().unwrap().pop_front();
            let Some(id) = next else { return polls };
            self.poll(id);
            polls += 1;
            assert!(polls < MOST_POLLS, "tasks wake each other for ever");
        }
    }

    fn poll(&self, id: u64) {
        let mut future = match self.tasks.borrow_mut().get_mut(&id) {
            Some(task) if self.is_frozen(task.owner) => {
                self.parked.borrow_mut().push(id);
                return;
            }
            Some(task) => match task.future.take() {
                Some(future) => future,
                None => return,
            },
            None => return,
        };
        let waker = Waker::from(Arc::new(Knock { id, ready: self.ready.clone() }));
        match future.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(()) => self.abandon(id),
            Poll::Pending => {
                if let Some(task) = self.tasks.borrow_mut().get_mut(&id) {
                    task.future = Some(future);
                }
            }
        }
    }

    /// Lets time go on to the next timer, at most to `limit`; `false` when there is none before it.
    fn next_timer(&self, limit: u64) -> bool {
        let next = self.timers.borrow().keys().next().copied();
        match next {
            Some(key) if key.0 <= limit => {
                let fire = self.timers.borrow_mut().remove(&key);
                self.elapsed.set(self.elapsed.get().max(key.0));
                match fire {
                    Some(Fire::Wake(alarm)) => alarm.ring(),
                    Some(Fire::Run(run)) => run(),
                    None => {}
                }
                true
            }
            _ => false,
        }
    }

    /// Lets time pass, with everything that happens in it.
    pub fn advance(&self, ms: f64) {
        let until = self.elapsed.get() + (ms * 1000.0) as u64;
        self.settle();
        while self.next_timer(until) {
            self.settle();
        }
        self.elapsed.set(until);
    }
}

struct Knock {
    id: u64,
    ready: Arc<Mutex<VecDeque<u64>>>,
}

impl Wake for Knock {
    fn wake(self: Arc<Self>) {
        self.ready.lock().unwrap().push_back(self.id);
    }
}

impl Alarm {
    fn ring(&self) {
        self.fired.set(true);
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }
}

/// A timer under way.
pub struct Sleep {
    world: Rc<World>,
    key: (u64, u64),
    alarm: Rc<Alarm>,
}

impl Future for Sleep {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if self.alarm.fired.get() {
            return Poll::Ready(());
        }
        *self.alarm.waker.borrow_mut() = Some(context.waker().clone());
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        self.world.timers.borrow_mut().remove(&self.key);
    }
}

/// A task whose result somebody wants.
pub struct Started<T> {
    world: Rc<World>,
    id: u64,
    result: Rc<RefCell<Option<T>>>,
}

impl<T> Started<T> {
    /// Whether it is finished.
    pub fn is_done(&self) -> bool {
        self.result.borrow().is_some()
    }

    /// Lets the world go on until it is finished.
    #[track_caller]
    pub fn wait(self) -> T {
        let until = self.world.elapsed.get() + (LONGEST_WAIT * 1000.0) as u64;
        let mut polls = 0;
        loop {
            polls += self.world.settle();
            if let Some(value) = self.result.borrow_mut().take() {
                return value;
            }
            assert!(self.world.next_timer(until), "this waits for something that never happens");
            assert!(polls < MOST_POLLS, "this spins");
        }
    }

    /// Drops it where it stands, as an abort does.
    pub fn abort(self) {
        self.world.abandon(self.id);
    }
}
