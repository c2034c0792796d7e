//! Server-sent events: answers that arrive piece by piece.

mod event;
mod framing;

pub use event::Event;
pub(crate) use event::read;
pub use framing::{Frame, FrameTooLarge, Framing};
