//! BroadcastChannel of one origin: a message reaches every other member of its name a moment later.

use std::cell::RefCell;
use std::rc::Rc;

use shopper_mcp::platform::Channel;

use super::world::{Owner, World};

/// How long a message is under way, ms.
const DELAY: f64 = 2.0;

struct Member {
    number: u64,
    owner: Owner,
    name: String,
    hear: Rc<dyn Fn(String)>,
    /// What came while its tab was suspended.
    missed: RefCell<Vec<String>>,
}

/// See the module.
pub struct Bus {
    world: Rc<World>,
    members: RefCell<Vec<Rc<Member>>>,
    /// Every message, for tests that look for secrets.
    pub posted: RefCell<Vec<(String, String)>>,
}

impl Bus {
    pub fn new(world: Rc<World>) -> Rc<Self> {
        Rc::new(Self { world, members: RefCell::default(), posted: RefCell::default() })
    }

    pub fn join(self: &Rc<Self>, owner: Owner, name: &str, hear: Box<dyn Fn(String)>) -> Joined {
        let number = self.world.number();
        let name = name.to_owned();
        self.members.borrow_mut().push(Rc::new(Member {
            number,
            owner,
            name: name.clone(),
            hear: hear.into(),
            missed: RefCell::default(),
        }));
        Joined { bus: self.clone(), number, name }
    }

    /// A document is gone, and its channels with it.
    pub fn forget(&self, owner: Owner) {
        self.members.borrow_mut().retain(|member| member.owner != owner);
    }

    /// A suspended tab runs again and gets what it missed.
    pub fn catch_up(&self, owner: Owner) {
        let members: Vec<_> = self.members.borrow().iter().filter(|m| m.owner == owner).cloned().collect();
        for member in members {
            for message in member.missed.take() {
                (member.hear)(message);
            }
        }
    }

    /// Sends as somebody else on the same origin would.
    pub fn post(self: &Rc<Self>, from: u64, name: &str, message: &str) {
        self.posted.borrow_mut().push((name.to_owned(), message.to_owned()));
        let others: Vec<u64> =
            self.members.borrow().iter().filter(|m| m.name == name && m.number != from).map(|m| m.number).collect();
        for number in others {
            let (bus, message) = (self.clone(), message.to_owned());
            self.world.later(DELAY, move || bus.deliver(number, message));
        }
    }

    fn deliver(&self, number: u64, message: String) {
        let member = self.members.borrow().iter().find(|member| member.number == number).cloned();
        match member {
            Some(member) if self.world.is_frozen(member.owner) => member.missed.borrow_mut().push(message),
            Some(member) => (member.hear)(message),
            None => {}
        }
    }
}

/// A member's end.
pub struct Joined {
    bus: Rc<Bus>,
    number: u64,
    name: String,
}

impl Channel for Joined {
    fn post(&self, message: &str) {
        self.bus.post(self.number, &self.name, message);
    }
}

impl Drop for Joined {
    fn drop(&mut self) {
        self.bus.members.borrow_mut().retain(|member| member.number != self.number);
    }
}
