//! Measures cases in turns: each round times every case once, so that load on the machine affects all of them equally.

use std::time::{Duration, Instant};

use rustix::time::{ClockId, clock_gettime};

use crate::alloc;

/// The precision of a measurement.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// The number of rounds. Each round times each case once.
    pub rounds: usize,
    /// The CPU time of a case in a round, on average over the cases.
    pub batch: Duration,
    /// The minimum number of iterations of each case in a round.
    pub least: u64,
    /// Whether to write the figures to `benches/results`.
    pub record: bool,
}

impl Options {
    /// Reads the command line: `--quick` only checks that everything runs, `--record` writes the figures.
    pub fn from_args() -> Self {
        let has = |option: &str| std::env::args().any(|argument| argument == option);
        if has("--quick") {
            return Self { rounds: 3, batch: Duration::from_micros(200), least: 1, record: false };
        }
        Self { rounds: 201, batch: Duration::from_millis(1), least: 1, record: has("--record") }
    }

    /// For calls with many in flight. A round of fewer than 256 calls would mostly measure the start and the end of the
    /// tasks.
    #[must_use]
    pub fn of_calls(self) -> Self {
        Self { batch: self.batch * 5, least: 256, ..self }
    }
}

/// One operation to measure.
pub struct Case<'a> {
    name: String,
    run: Box<dyn FnMut(u64) + 'a>,
}

impl<'a> Case<'a> {
    /// A case whose iteration is one call of `work`.
    pub fn new<T>(name: impl Into<String>, mut work: impl FnMut() -> T + 'a) -> Self {
        Self::many(name, move |times| {
            for _ in 0..times {
                std::hint::black_box(work());
            }
        })
    }

    /// A case whose function gets the number of iterations.
    pub fn many(name: impl Into<String>, run: impl FnMut(u64) + 'a) -> Self {
        Self { name: name.into(), run: Box::new(run) }
    }

    /// Runs one iteration before the measurement.
    pub fn once(&mut self) {
        (self.run)(1);
    }

    /// Runs until connections are open and caches are filled. Returns the CPU time of one iteration after that.
    fn warm(&mut self, options: Options) -> Duration {
        let (mut times, mut done, mut total) = (1_u32, 0, Duration::ZERO);
        loop {
            let spent = cpu(|| (self.run)(u64::from(times)));
            done += u64::from(times);
            total += spent;
            // The last run has half of all iterations, so it was warm if there were enough. Slow work stops earlier.
            let enough = done >= WARM.max(2 * options.least) && spent >= options.batch * 10;
            if enough || total >= options.batch * 1000 || times >= 1 << 24 {
                return spent / times;
            }
            times *= 2;
        }
    }
}

/// The minimum number of iterations of each case before the measurement, unless they take more than a second.
const WARM: u64 = 512;

/// The number of iterations of each case in a round. It is equal for all cases, because with fewer iterations the costs
/// between two rounds weigh more.
fn times(options: Options, warm: &[Duration]) -> u64 {
    let cases = u32::try_from(warm.len()).unwrap_or(1).max(1);
    let average = (warm.iter().sum::<Duration>() / cases).max(Duration::from_nanos(1));
    let times = options.batch.as_nanos() / average.as_nanos();
    u64::try_from(times).unwrap_or(u64::MAX).max(options.least).max(1)
}

/// The result of one case.
#[derive(Debug, Clone)]
pub struct Measured {
    /// Its name.
    pub name: String,
    /// CPU time in nanoseconds, for each round.
    pub cpu: Vec<f64>,
    /// Wall-clock time in nanoseconds, for each round.
    pub wall: Vec<f64>,
    /// Allocations of one iteration.
    pub allocations: f64,
    /// Allocated bytes of one iteration.
    pub bytes: f64,
}

/// The results of all cases, in their order.
#[derive(Debug, Clone)]
pub struct Run(pub Vec<Measured>);

/// Measures all cases in turns.
#[allow(clippy::cast_precision_loss)]
pub fn measure(options: Options, mut cases: Vec<Case<'_>>) -> Run {
    let warm: Vec<Duration> = cases.iter_mut().map(|case| case.warm(options)).collect();
    let times = times(options, &warm);
    let mut measured: Vec<Measured> = cases
        .iter_mut()
        .map(|case| {
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
            // The order alternates, so that a case does not always follow the same other case.
            let at = if round % 2 == 0 { turn } else { cases.len() - 1 - turn };
            let start = Instant::now();
            let spent = cpu(|| (cases[at].run)(times));
            measured[at].wall.push(start.elapsed().as_nanos() as f64 / times as f64);
            measured[at].cpu.push(spent.as_nanos() as f64 / times as f64);
        }
    }
    Run(measured)
}

impl Run {
    /// The median CPU time of a case, in nanoseconds.
    pub fn cpu(&self, case: usize) -> f64 {
        median(self.0[case].cpu.clone())
    }

    /// The median wall-clock time of a case, in nanoseconds.
    pub fn wall(&self, case: usize) -> f64 {
        median(self.0[case].wall.clone())
    }

    /// The median over the rounds of the ratio of one case to the sum of others.
    pub fn ratio(&self, case: usize, over: &[usize]) -> f64 {
        let ratios = self.0[case].cpu.iter().enumerate().map(|(round, spent)| {
            let sum: f64 = over.iter().map(|&other| self.0[other].cpu[round]).sum();
            spent / sum
        });
        median(ratios.collect())
    }
}

/// The CPU time of `work` on this thread.
pub fn cpu(work: impl FnOnce()) -> Duration {
    let before = clock_gettime(ClockId::ThreadCPUTime);
    work();
    let after = clock_gettime(ClockId::ThreadCPUTime);
    let nanos = (after.tv_sec - before.tv_sec) * 1_000_000_000 + (after.tv_nsec - before.tv_nsec);
    Duration::from_nanos(u64::try_from(nanos).unwrap_or(0))
}

/// The median; 0 if `values` is empty.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    match values.len() {
        0 => 0.0,
        len if len % 2 == 1 => values[len / 2],
        len => f64::midpoint(values[len / 2 - 1], values[len / 2]),
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;

    /// Uses this much CPU time on this thread.
    fn burn(time: Duration) {
        let start = clock_gettime(ClockId::ThreadCPUTime);
        let spent = || {
            let now = clock_gettime(ClockId::ThreadCPUTime);
            (now.tv_sec - start.tv_sec) * 1_000_000_000 + (now.tv_nsec - start.tv_nsec)
        };
        while u128::try_from(spent()).unwrap_or(0) < time.as_nanos() {
            std::hint::spin_loop();
        }
    }

    /// The iterations of two cases in the last rounds. The first `cold` iterations of the first case take 20 ms each.
    fn rounds(options: Options, cold: u64) -> [Vec<u64>; 2] {
        let did = [RefCell::new(Vec::new()), RefCell::new(Vec::new())];
        let mut left = cold;
        let first = Case::many("slow at first", |times| {
            did[0].borrow_mut().push(times);
            for _ in 0..times {
                burn(if left > 0 { Duration::from_millis(20) } else { Duration::from_micros(5) });
                left = left.saturating_sub(1);
            }
        });
        let second = Case::many("warm", |times| {
            did[1].borrow_mut().push(times);
            burn(Duration::from_micros(10) * u32::try_from(times).unwrap());
        });
        measure(options, vec![first, second]);
        did.map(|did| did.into_inner().split_off(1).into_iter().rev().take(options.rounds).collect())
    }

    #[test]
    fn all_cases_run_the_same_number_of_iterations() {
        let options = Options { rounds: 3, batch: Duration::from_millis(1), least: 1, record: false };
        for cold in [0, 1, 3] {
            let [first, second] = rounds(options, cold);
            assert_eq!(first, second);
            // 7.5 µs on average, independent of the first iterations and of the load of the machine.
            assert!(first.iter().all(|times| (30..=400).contains(times)), "{cold} cold calls: {first:?}");
        }
    }

    #[test]
    fn a_round_of_calls_has_at_least_256() {
        let options = Options { rounds: 3, batch: Duration::from_micros(10), least: 1, record: false }.of_calls();
        assert_eq!(options.batch, Duration::from_micros(50));
        let [first, second] = rounds(options, 1);
        assert_eq!((first, second), (vec![256; 3], vec![256; 3]));
    }

    #[test]
    fn slow_work_runs_once_in_a_round() {
        let options = Options { rounds: 1, batch: Duration::from_micros(1), least: 1, record: false };
        let did = RefCell::new(Vec::new());
        let slow = Case::many("slow", |times| {
            did.borrow_mut().push(times);
            burn(Duration::from_millis(5));
        });
        measure(options, vec![slow]);
        assert_eq!(did.into_inner(), [1, 1, 1]);
    }
}
