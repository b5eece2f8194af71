//! The wire between a document and the servers: latency, loss, answers in pieces.

use std::collections::VecDeque;
use std::future::pending;
use std::rc::Rc;

use shopper_mcp::error::{Code, Error, Result};
use shopper_mcp::platform::{self, Body, Request};

use super::world::World;

/// One way, ms.
pub const LATENCY: f64 = 20.0;

/// A request as a server sees it.
#[derive(Clone, Debug)]
pub struct Sent {
    /// ms since the beginning.
    pub at: f64,
    pub method: &'static str,
    pub url: String,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Sent {
    pub fn new(at: f64, request: Request<String>) -> Self {
        let mut headers: Vec<_> = request.headers.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        let (method, content_type, body) = match request.body {
            None => ("GET", None, String::new()),
            Some(Body::Form(body)) => ("POST", Some("application/x-www-form-urlencoded"), body),
            Some(Body::Json(body)) => ("POST", Some("application/json"), body),
        };
        headers.extend(content_type.map(|kind| ("content-type".to_owned(), kind.to_owned())));
        Self { at, method, url: request.url, headers, body }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }
}

/// A part of an answer's body.
#[derive(Clone, Debug)]
pub enum Piece {
    Text(String),
    /// Nothing comes for so long, ms.
    Pause(f64),
    /// Nothing comes any more.
    Hang,
    /// The connection breaks.
    Break,
}

/// What becomes of a request.
#[derive(Clone, Debug)]
pub enum Reply {
    Answer {
        status: u16,
        headers: Vec<(String, String)>,
        pieces: Vec<Piece>,
        delay: f64,
    },
    /// The connection broke before an answer.
    Lost,
    /// No answer ever.
    Silence,
}

impl Reply {
    pub fn text(status: u16, body: impl Into<String>) -> Self {
        let pieces = vec![Piece::Text(body.into())];
        Self::Answer { status, headers: Vec::new(), pieces, delay: 0.0 }
    }

    pub fn json(status: u16, body: &serde_json::Value) -> Self {
        Self::text(status, body.to_string()).header("content-type", "application/json")
    }

    pub fn pieces(status: u16, pieces: Vec<Piece>) -> Self {
        Self::Answer { status, headers: Vec::new(), pieces, delay: 0.0 }
    }

    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        if let Self::Answer { headers, .. } = &mut self {
            headers.retain(|(other, _)| other != name);
            headers.push((name.to_owned(), value.to_owned()));
        }
        self
    }

    #[must_use]
    pub fn after(mut self, ms: f64) -> Self {
        if let Self::Answer { delay, .. } = &mut self {
            *delay = ms;
        }
        self
    }

    /// The body, where it is one.
    pub fn body(&self) -> String {
        let Self::Answer { pieces, .. } = self else { return String::new() };
        let texts = pieces.iter().filter_map(|piece| match piece {
            Piece::Text(text) => Some(text.as_str()),
            _ => None,
        });
        texts.collect()
    }

    /// The same answer with another body.
    #[must_use]
    pub fn with_pieces(mut self, new: Vec<Piece>) -> Self {
        if let Self::Answer { pieces, .. } = &mut self {
            *pieces = new;
        }
        self
    }
}

/// Brings a reply back.
pub async fn travel_back(world: Rc<World>, reply: Reply) -> Result<Answer> {
    world.sleep(LATENCY).await;
    match reply {
        Reply::Answer { status, headers, pieces, delay } => {
            if delay > 0.0 {
                world.sleep(delay).await;
            }
            Ok(Answer { world, status, headers, pieces: pieces.into() })
        }
        Reply::Lost => Err(broken()),
        Reply::Silence => pending().await,
    }
}

pub fn broken() -> Error {
    Error::new(Code::Network, "The connection broke.").retryable()
}

/// An answer whose body is still to be read.
pub struct Answer {
    world: Rc<World>,
    status: u16,
    headers: Vec<(String, String)>,
    pieces: VecDeque<Piece>,
}

impl platform::Response for Answer {
    type Text = String;

    fn status(&self) -> u16 {
        self.status
    }

    fn header(&self, name: &str) -> Option<String> {
        self.headers.iter().find(|(other, _)| other == name).map(|(_, value)| value.clone())
    }

    async fn piece(&mut self) -> Result<Option<(String, u32)>> {
        loop {
            match self.pieces.pop_front() {
                None => return Ok(None),
                Some(Piece::Text(text)) => {
                    let size = text.len() as u32;
                    return Ok(Some((text, size)));
                }
                Some(Piece::Pause(ms)) => self.world.sleep(ms).await,
                Some(Piece::Hang) => pending().await,
                Some(Piece::Break) => return Err(broken()),
            }
        }
    }
}
