//! Streamed responses: the framing of server-sent events, and the events of a client.

pub(crate) mod client;
mod framing;
mod hostile;
