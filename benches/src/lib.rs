//! The benchmark harness: it runs all cases of a table in turns and measures the CPU time of their thread.
//!
//! It replaces criterion and divan, because these benchmarks need the *ratio* of two cases on a shared machine. So the
//! cases take turns within a round, the time is the CPU time of the thread instead of the wall-clock time, and the result
//! is the median of the rounds' ratios.

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
