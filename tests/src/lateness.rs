//! Measures how busy this machine is, for tests of actual times.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// A thread that sleeps for 5 ms repeatedly, and measures the longest delay of its wake-ups.
#[derive(Debug)]
pub struct Lateness {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<Duration>>,
}

impl Lateness {
    /// Starts the measurement.
    #[must_use]
    pub fn measure() -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let thread = std::thread::spawn(move || {
            let mut longest = Duration::ZERO;
            while !stopped.load(Ordering::Relaxed) {
                let until = Instant::now() + Duration::from_millis(5);
                std::thread::sleep(Duration::from_millis(5));
                longest = longest.max(until.elapsed());
            }
            longest
        });
        Self { stop, thread: Some(thread) }
    }

    /// Ends the measurement, and returns the longest delay.
    #[must_use]
    pub fn longest(mut self) -> Duration {
        self.stop.store(true, Ordering::Relaxed);
        self.thread.take().and_then(|thread| thread.join().ok()).unwrap_or_default()
    }
}

/// Ends the thread if a test fails.
impl Drop for Lateness {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}
