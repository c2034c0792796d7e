//! Where calls wait for their turn within the documented calls per second.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::Duration;

use tokio::time::Instant;

use crate::error::{Error, ErrorKind};
use crate::throttle::{Bucket, Throttle};

/// One gate for each credential, service, action and region.
#[derive(Debug, Default)]
pub(super) struct Gates(RwLock<HashMap<u64, Arc<Gate>>>);

#[derive(Debug)]
pub(super) struct Gate {
    rate: u32,
    bucket: Mutex<Bucket>,
    /// Held by the call that is next: the others queue in order, and one that is given up leaves no gap.
    turn: tokio::sync::Mutex<()>,
}

/// Temporary credentials come and go, and their gates must not pile up.
const MANY: usize = 1024;

impl Gates {
    pub(super) fn gate(&self, of: [&str; 4], rate: u32) -> Arc<Gate> {
        let mut hasher = DefaultHasher::new();
        of.hash(&mut hasher);
        let key = hasher.finish();
        let gates = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(gate) = gates.get(&key) {
            return Arc::clone(gate);
        }
        drop(gates);
        let mut gates = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if gates.len() >= MANY {
            let now = Instant::now().into_std();
            gates.retain(|_, gate| Arc::strong_count(gate) > 1 || !gate.bucket().is_idle(now));
        }
        Arc::clone(gates.entry(key).or_insert_with(|| Arc::new(Gate::new(rate))))
    }
}

impl Gate {
    fn new(rate: u32) -> Self {
        Self { rate, bucket: Mutex::new(Bucket::new(rate)), turn: tokio::sync::Mutex::new(()) }
    }

    /// Waits for this call's turn, until `deadline` at most; or fails where it would have to wait.
    pub(super) async fn pass(&self, throttle: Throttle, action: &str, deadline: Instant) -> Result<(), Error> {
        let _turn = match throttle {
            Throttle::Off => return Ok(()),
            // Who does not wait needs no turn.
            Throttle::Fail => None,
            Throttle::Wait => match tokio::time::timeout_at(deadline, self.turn.lock()).await {
                Ok(turn) => Some(turn),
                Err(_) => return Err(self.full(action, Instant::now())),
            },
        };
        loop {
            let now = Instant::now();
            let Some(wait) = self.enter(now) else { return Ok(()) };
            if throttle == Throttle::Fail || now + wait >= deadline {
                return Err(self.full(action, now));
            }
            let milliseconds = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
            tracing::debug!(milliseconds, documented = self.rate, "waiting for a turn within the calls per second");
            // A refusal meanwhile may have put the turn off: it is asked for anew.
            tokio::time::sleep(wait).await;
        }
    }

    /// Starts a call, or says how long that is too early.
    fn enter(&self, now: Instant) -> Option<Duration> {
        let now = now.into_std();
        let mut bucket = self.bucket();
        let at = bucket.next(now);
        if at > now {
            return Some(at - now);
        }
        bucket.start(at);
        None
    }

    fn full(&self, action: &str, now: Instant) -> Error {
        let now = now.into_std();
        let wait = self.bucket().next(now).saturating_duration_since(now);
        Error::new(ErrorKind::Throttled { action: action.into(), rate: self.rate, wait })
    }

    /// Notes that the server refused a call for coming too soon.
    pub(super) fn refused(&self) {
        let mut bucket = self.bucket();
        bucket.refused(Instant::now().into_std());
        tracing::info!(calls_per_second = bucket.rate(), documented = self.rate, "throttled by the server");
    }

    fn bucket(&self) -> MutexGuard<'_, Bucket> {
        self.bucket.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
