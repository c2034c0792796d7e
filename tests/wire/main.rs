//! Requests and responses on the wire: the exact request of each call, compared with those of the official clients, round trips
//! through the emulator, and decoded responses.

mod answers;
mod apis;
mod captured;
mod forms;
mod properties;
mod refusals;
mod requests;
mod round_trip;
