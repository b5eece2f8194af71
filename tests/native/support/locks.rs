//! Web Locks of one origin: exclusive, granted in order, released by whoever drops them.

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

use super::world::{Owner, World};

/// See the module.
#[derive(Default)]
pub struct Locks(RefCell<BTreeMap<String, VecDeque<Rc<Claim>>>>);

/// The first claim of each name holds the lock.
struct Claim {
    owner: Owner,
    waker: RefCell<Option<Waker>>,
}

impl Locks {
    /// Waits for a lock, at most `wait_ms`.
    pub async fn acquire(self: Rc<Self>, world: Rc<World>, owner: Owner, name: String, wait_ms: u32) -> Option<Held> {
        let claim = Rc::new(Claim { owner, waker: RefCell::default() });
        self.0.borrow_mut().entry(name.clone()).or_default().push_back(claim.clone());
        // Gives the place up wherever this future is dropped.
        let held = Held { locks: self, name, claim };
        let patience = world.sleep(f64::from(wait_ms));
        let mut patience = Box::pin(patience);
        let granted = poll_fn(|context| {
            if held.is_first() {
                return Poll::Ready(true);
            }
            *held.claim.waker.borrow_mut() = Some(context.waker().clone());
            patience.as_mut().poll(context).map(|()| false)
        })
        .await;
        granted.then_some(held)
    }

    /// A document is gone, and what it held is free.
    pub fn forget(&self, owner: Owner) {
        for claims in self.0.borrow_mut().values_mut() {
            claims.retain(|claim| claim.owner != owner);
            if let Some(waker) = claims.front().and_then(|next| next.waker.take()) {
                waker.wake();
            }
        }
    }

    /// Whether somebody holds a lock with this in its name.
    pub fn is_held(&self, part: &str) -> bool {
        self.0.borrow().iter().any(|(name, claims)| name.contains(part) && !claims.is_empty())
    }
}

/// A lock, or a place in its queue.
pub struct Held {
    locks: Rc<Locks>,
    name: String,
    claim: Rc<Claim>,
}

impl Held {
    fn is_first(&self) -> bool {
        let locks = self.locks.0.borrow();
        let first = locks.get(&self.name).and_then(|claims| claims.front());
        first.is_some_and(|first| Rc::ptr_eq(first, &self.claim))
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let mut locks = self.locks.0.borrow_mut();
        let Some(claims) = locks.get_mut(&self.name) else { return };
        claims.retain(|claim| !Rc::ptr_eq(claim, &self.claim));
        if let Some(waker) = claims.front().and_then(|next| next.waker.take()) {
            waker.wake();
        }
    }
}
