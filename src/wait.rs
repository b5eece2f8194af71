//! Waiting, without a runtime: the first of two, both of two, a bell, one flight for many.
//!
//! Dropping a future is how work is abandoned here, so each of these is safe to drop at any point.

use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::{Poll, Waker};

/// A future that somebody else drives.
pub type Task = Pin<Box<dyn Future<Output = ()>>>;

/// Work that ends with a value.
pub type Work<T> = Pin<Box<dyn Future<Output = T>>>;

/// Which of two futures was first.
pub enum First<A, B> {
    /// The left one.
    Left(A),
    /// The right one.
    Right(B),
}

/// Waits for the first of two; the other is dropped, which abandons it.
pub async fn race<A, B>(left: impl Future<Output = A>, right: impl Future<Output = B>) -> First<A, B> {
    let (mut left, mut right) = (pin!(left), pin!(right));
    poll_fn(|context| match left.as_mut().poll(context) {
        Poll::Ready(value) => Poll::Ready(First::Left(value)),
        Poll::Pending => right.as_mut().poll(context).map(First::Right),
    })
    .await
}

/// Waits for both of two.
pub async fn both<A, B>(left: impl Future<Output = A>, right: impl Future<Output = B>) -> (A, B) {
    let (mut left, mut right) = (pin!(left), pin!(right));
    let (mut left_value, mut right_value) = (None, None);
    poll_fn(|context| {
        if left_value.is_none()
            && let Poll::Ready(value) = left.as_mut().poll(context)
        {
            left_value = Some(value);
        }
        if right_value.is_none()
            && let Poll::Ready(value) = right.as_mut().poll(context)
        {
            right_value = Some(value);
        }
        match (left_value.take(), right_value.take()) {
            (Some(left), Some(right)) => Poll::Ready((left, right)),
            (left, right) => {
                (left_value, right_value) = (left, right);
                Poll::Pending
            }
        }
    })
    .await
}

/// Wakes everyone who waits for it, each time it rings.
#[derive(Default)]
pub struct Bell {
    rings: Cell<u32>,
    waiting: RefCell<Vec<Waker>>,
}

impl Bell {
    /// Wakes everyone who waits.
    pub fn ring(&self) {
        self.rings.set(self.rings.get().wrapping_add(1));
        for waker in self.waiting.take() {
            waker.wake();
        }
    }

    /// Waits for the next ring after this call.
    pub fn next(&self) -> impl Future<Output = ()> + '_ {
        let heard = self.rings.get();
        poll_fn(move |context| {
            if self.rings.get() != heard {
                return Poll::Ready(());
            }
            self.waiting.borrow_mut().push(context.waker().clone());
            Poll::Pending
        })
    }
}

/// How many still want something.
#[derive(Default)]
pub struct Wanted {
    by: Cell<u32>,
    given_up: Bell,
}

impl Wanted {
    /// One more wants it, until this is dropped.
    pub fn one_more(self: &Rc<Self>) -> Wish {
        self.by.set(self.by.get().wrapping_add(1));
        Wish(self.clone())
    }

    /// Waits until nobody wants it any more.
    pub async fn by_nobody(&self) {
        loop {
            let given_up = self.given_up.next();
            if self.by.get() == 0 {
                return;
            }
            given_up.await;
        }
    }
}

/// Somebody's, until it is dropped.
pub struct Wish(Rc<Wanted>);

impl Drop for Wish {
    fn drop(&mut self) {
        self.0.by.set(self.0.by.get().wrapping_sub(1));
        self.0.given_up.ring();
    }
}

/// A value that will be there, for any number of waiters.
struct Slot<T> {
    value: RefCell<Option<T>>,
    filled: Bell,
}

/// One piece of work for all who want it at the same time. The work goes on when a waiter gives up.
pub struct SingleFlight<T> {
    current: RefCell<Option<Rc<Slot<T>>>>,
}

impl<T> Default for SingleFlight<T> {
    fn default() -> Self {
        Self { current: RefCell::new(None) }
    }
}

impl<T: Clone + 'static> SingleFlight<T> {
    /// Joins the flight under way, or starts `work` as one: `spawn` drives it.
    pub async fn join(self: &Rc<Self>, spawn: &dyn Fn(Task), work: Work<T>) -> T {
        let under_way = self.current.borrow().clone();
        let slot = match under_way {
            Some(slot) => slot,
            None => {
                let slot = Rc::new(Slot { value: RefCell::new(None), filled: Bell::default() });
                *self.current.borrow_mut() = Some(slot.clone());
                spawn(Box::pin(land(self.clone(), slot.clone(), work)));
                slot
            }
        };
        loop {
            let filled = slot.filled.next();
            if let Some(value) = slot.value.borrow().as_ref() {
                return value.clone();
            }
            filled.await;
        }
    }
}

async fn land<T>(flights: Rc<SingleFlight<T>>, slot: Rc<Slot<T>>, work: Work<T>) {
    let value = work.await;
    *flights.current.borrow_mut() = None;
    *slot.value.borrow_mut() = Some(value);
    slot.filled.ring();
}
