//! Cases in turns: each round times every case once, so that what disturbs the machine disturbs all alike.

use std::time::{Duration, Instant};

use rustix::time::{ClockId, clock_gettime};

use crate::alloc;

/// How thoroughly to measure.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Rounds in which each case is timed once.
    pub rounds: usize,
    /// The CPU time of one case in one round.
    pub batch: Duration,
    /// Whether figures are kept in `benches/results`.
    pub record: bool,
}

impl Options {
    /// From the command line: `--quick` to see only that everything runs, `--record` to keep the figures.
    pub fn from_args() -> Self {
        let has = |wanted: &str| std::env::args().any(|given| given == wanted);
        if has("--quick") {
            return Self { rounds: 3, batch: Duration::from_micros(200), record: false };
        }
        Self { rounds: 201, batch: Duration::from_millis(1), record: has("--record") }
    }
}

/// One thing to measure.
pub struct Case<'a> {
    name: String,
    run: Box<dyn FnMut(u64) + 'a>,
}

impl<'a> Case<'a> {
    /// A case that does `work` once.
    pub fn new<T>(name: impl Into<String>, mut work: impl FnMut() -> T + 'a) -> Self {
        Self::many(name, move |times| {
            for _ in 0..times {
                std::hint::black_box(work());
            }
        })
    }

    /// A case that does its work so many times.
    pub fn many(name: impl Into<String>, run: impl FnMut(u64) + 'a) -> Self {
        Self { name: name.into(), run: Box::new(run) }
    }

    /// Does its work once, before anything is timed.
    pub fn once(&mut self) {
        (self.run)(1);
    }

    /// Does the work until a batch takes as long as it should.
    fn calibrate(&mut self, batch: Duration) -> u64 {
        let mut times = 1_u64;
        loop {
            let spent = cpu(|| (self.run)(times));
            if spent >= batch / 2 || times >= 1 << 24 {
                let factor = batch.as_secs_f64() / spent.as_secs_f64().max(1e-9);
                return scale(times, factor).max(1);
            }
            times *= 2;
        }
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss, clippy::cast_sign_loss)]
fn scale(times: u64, factor: f64) -> u64 {
    (times as f64 * factor) as u64
}

/// What came out for one case.
#[derive(Debug, Clone)]
pub struct Measured {
    /// Its name.
    pub name: String,
    /// Nanoseconds of CPU, round by round.
    pub cpu: Vec<f64>,
    /// Nanoseconds by the clock, round by round.
    pub wall: Vec<f64>,
    /// Allocations each time.
    pub allocations: f64,
    /// Bytes allocated each time.
    pub bytes: f64,
}

/// What came out for all cases, in their order.
#[derive(Debug, Clone)]
pub struct Run(pub Vec<Measured>);

/// Times every case in turns.
#[allow(clippy::cast_precision_loss)]
pub fn measure(options: Options, mut cases: Vec<Case<'_>>) -> Run {
    let times: Vec<u64> = cases.iter_mut().map(|case| case.calibrate(options.batch)).collect();
    let mut measured: Vec<Measured> = cases
        .iter_mut()
        .zip(&times)
        .map(|(case, &times)| {
            let before = alloc::count();
            (case.run)(times);
            let after = alloc::count();
            Measured {
                name: case.name.clone(),
                cpu: Vec::with_capacity(options.rounds),
                wall: Vec::with_capacity(options.rounds),
                allocations: (after.calls - before.calls) as f64 / times as f64,
                bytes: (after.bytes - before.bytes) as f64 / times as f64,
            }
        })
        .collect();
    for round in 0..options.rounds {
        for turn in 0..cases.len() {
            // Forth and back, so that nobody always comes after the same neighbour.
            let at = if round % 2 == 0 { turn } else { cases.len() - 1 - turn };
            let start = Instant::now();
            let spent = cpu(|| (cases[at].run)(times[at]));
            let times = times[at] as f64;
            measured[at].wall.push(start.elapsed().as_nanos() as f64 / times);
            measured[at].cpu.push(spent.as_nanos() as f64 / times);
        }
    }
    Run(measured)
}

impl Run {
    /// The median CPU time of a case, in nanoseconds.
    pub fn cpu(&self, case: usize) -> f64 {
        median(self.0[case].cpu.clone())
    }

    /// The median time of a case by the clock, in nanoseconds.
    pub fn wall(&self, case: usize) -> f64 {
        median(self.0[case].wall.clone())
    }

    /// The median of the rounds' ratios of one case to the sum of others.
    pub fn ratio(&self, case: usize, over: &[usize]) -> f64 {
        let ratios = self.0[case].cpu.iter().enumerate().map(|(round, spent)| {
            let sum: f64 = over.iter().map(|&other| self.0[other].cpu[round]).sum();
            spent / sum
        });
        median(ratios.collect())
    }
}

/// The CPU time that `work` takes on this thread.
pub fn cpu(work: impl FnOnce()) -> Duration {
    let before = clock_gettime(ClockId::ThreadCPUTime);
    work();
    let after = clock_gettime(ClockId::ThreadCPUTime);
    let nanos = (after.tv_sec - before.tv_sec) * 1_000_000_000 + (after.tv_nsec - before.tv_nsec);
    Duration::from_nanos(u64::try_from(nanos).unwrap_or(0))
}

/// The median, 0 of nothing.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    match values.len() {
        0 => 0.0,
        len if len % 2 == 1 => values[len / 2],
        len => f64::midpoint(values[len / 2 - 1], values[len / 2]),
    }
}
