//! What goes over the wire: the exact request a call becomes, what the official clients sent for the same, round trips
//! through the emulator, and what answers become.

mod answers;
mod captured;
mod forms;
mod properties;
mod refusals;
mod requests;
mod round_trip;
