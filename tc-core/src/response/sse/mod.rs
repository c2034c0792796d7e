//! Server-sent events: responses that are streamed.

mod event;
mod framing;

pub use event::Event;
pub(crate) use event::read;
pub(crate) use framing::begins_like_events;
pub use framing::{Frame, FrameTooLarge, Framing};
