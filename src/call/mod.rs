//! One call: what a page asks for, and what the answer means.

mod answer;
mod limit;
mod terms;

pub use answer::read_answer;
pub use limit::header_wait;
pub use terms::{CallOptions, McpCall};
