//! Tests of the reader.

mod damaged;
mod names;
mod specs;
