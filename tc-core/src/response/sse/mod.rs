//! Server-sent events: responses that are streamed.

mod event;
mod framing;

pub use event::Event;
pub(crate) use event::read;
pub use framing::{Frame, FrameTooLarge, Framing};
