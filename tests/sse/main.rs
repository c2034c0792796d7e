//! Streamed answers: the framing of server-sent events, and what a client makes of them.

mod client;
mod framing;
mod hostile;
