//! The harness: cases side by side in one run, in turns, by the CPU time of their own thread.
//!
//! Not criterion or divan: what matters here is the *ratio* of two cases on a machine that is shared with others, so
//! the cases take turns within a round, time is what the thread was given rather than what the clock says, and the
//! figure is the median of the rounds' ratios.

pub mod alloc;
pub mod calls;
pub mod chart;
pub mod measure;
pub mod naive;
pub mod profile;
pub mod report;
pub mod samples;
pub mod server;
pub mod table;
pub mod weigh;

pub use measure::{Case, Options, Run};
pub use table::{Line, Ratio, Table};

/// Counts what each thread allocates.
#[global_allocator]
static COUNTING: alloc::Counting = alloc::Counting;
