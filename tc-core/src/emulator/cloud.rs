//! The emulator's state: keys, actions, clock, calls per second, faults to come, requests received.

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use super::directory::{Lookup, Unknown};
use super::faults::{Injection, Stage};
use super::handlers::Handler;
use super::panics::caught;
use super::record::Record;
use super::{ErrorResponse, Fault, Received};
use crate::spec::ActionSpec;
use crate::timestamp::{Clock, SystemClock};

/// A registered key.
#[derive(Clone)]
pub(super) struct Key {
    pub(super) secret: String,
    pub(super) token: Option<String>,
    pub(super) expired: bool,
}

/// A registered action.
#[derive(Clone, Default)]
pub(super) struct KnownAction {
    pub(super) spec: Option<ActionSpec>,
    pub(super) handler: Option<Handler>,
}

/// A function that is called with every request.
pub(super) type Observer = Box<dyn Fn(&Received) + Send + Sync>;

/// Service, version, action.
pub(super) type Name = (String, String, String);

/// The state that all connections share.
pub(super) struct Cloud {
    pub(super) keys: Mutex<HashMap<String, Key>>,
    pub(super) actions: Mutex<BTreeMap<Name, KnownAction>>,
    /// The instant at which the clock is stopped, in seconds since 1970; `i64::MIN` if it runs.
    frozen: AtomicI64,
    /// How many seconds a running clock is ahead of the system clock.
    offset: AtomicI64,
    pub(super) enforce_rates: AtomicBool,
    rates: Mutex<HashMap<(String, Name), (i64, u32)>>,
    injections: Mutex<Vec<Injection>>,
    random: Mutex<fastrand::Rng>,
    pub(super) received: Mutex<Record>,
    pub(super) recording: AtomicBool,
    /// Finds actions that are not registered.
    lookup: Lookup,
    /// Called with every request.
    observer: Option<Observer>,
    pub(super) connections: AtomicU64,
    /// Incremented to close all idle connections.
    pub(super) sweep: watch::Sender<u64>,
    /// Whether the port is open.
    pub(super) listening: watch::Sender<bool>,
}

/// Locks the mutex, also if a handler panicked while it was locked: no value is left half changed.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Cloud {
    pub(super) fn new(seed: Option<u64>, lookup: Lookup, observer: Option<Observer>) -> Self {
        Self {
            keys: Mutex::default(),
            actions: Mutex::default(),
            frozen: AtomicI64::new(i64::MIN),
            offset: AtomicI64::new(0),
            enforce_rates: AtomicBool::new(false),
            rates: Mutex::default(),
            injections: Mutex::default(),
            random: Mutex::new(seed.map_or_else(fastrand::Rng::new, fastrand::Rng::with_seed)),
            received: Mutex::default(),
            recording: AtomicBool::new(true),
            lookup,
            observer,
            connections: AtomicU64::new(0),
            sweep: watch::channel(0).0,
            listening: watch::channel(true).0,
        }
    }

    /// The time of the emulator's clock, in seconds since 1970.
    pub(super) fn now(&self) -> i64 {
        match self.frozen.load(Ordering::Relaxed) {
            i64::MIN => SystemClock.now().as_unix().saturating_add(self.offset.load(Ordering::Relaxed)),
            frozen => frozen,
        }
    }

    pub(super) fn freeze(&self, at: Option<i64>) {
        self.frozen.store(at.unwrap_or(i64::MIN), Ordering::Relaxed);
    }

    pub(super) fn shift(&self, seconds: i64) {
        self.offset.store(seconds, Ordering::Relaxed);
    }

    /// The action of this name: registered, or found in the directory.
    ///
    /// # Errors
    /// The name that is unknown.
    pub(super) fn action(&self, name: &Name) -> Result<KnownAction, Unknown> {
        if let Some(known) = lock(&self.actions).get(name).cloned() {
            return Ok(known);
        }
        let (service, version, action) = name;
        let unknown = self.unknown(service, version);
        match &self.lookup.0 {
            None => Err(unknown),
            Some(directory) => match directory.find(service, version, action) {
                Ok(spec) => Ok(KnownAction { spec: Some(spec), handler: self.lookup.handler(spec) }),
                Err(Unknown::Service) => Err(unknown),
                Err(Unknown::Version) if unknown == Unknown::Action => Err(unknown),
                Err(other) => Err(other),
            },
        }
    }

    /// The end of the message about an unknown action. Empty if the emulator finds actions in a directory.
    pub(super) fn how_to_add_actions(&self) -> &'static str {
        match &self.lookup.0 {
            Some(_) => "",
            None => " (The emulator has only the actions that were added with `Emulator::on`, `answer` or `register`.)",
        }
    }

    /// The service that has this action in this version, for requests that do not contain the service.
    pub(super) fn service_of(&self, version: &str, action: &str) -> Option<String> {
        let actions = lock(&self.actions);
        let exact = actions.keys().find(|(_, known, name)| known == version && name == action);
        if let Some((service, ..)) = exact {
            return Some(service.clone());
        }
        let found = self.lookup.0.as_ref().and_then(|directory| directory.service_of(version, action));
        found.or_else(|| actions.keys().find(|(_, known, _)| known == version).map(|(service, ..)| service.clone()))
    }

    /// The name that is unknown: service, version or action.
    fn unknown(&self, service: &str, version: &str) -> Unknown {
        let actions = lock(&self.actions);
        let mut of_service = actions.keys().filter(|(known, ..)| known == service).peekable();
        if of_service.peek().is_none() {
            Unknown::Service
        } else if of_service.all(|(_, known, _)| known != version) {
            Unknown::Version
        } else {
            Unknown::Action
        }
    }

    /// Counts a call of this key; returns false if it exceeds the rate in this second.
    pub(super) fn within_rate(&self, secret_id: &str, name: &Name, rate: u32) -> bool {
        let second = self.now();
        let mut rates = lock(&self.rates);
        let window = rates.entry((secret_id.to_owned(), name.clone())).or_default();
        if window.0 != second {
            *window = (second, 0);
        }
        window.1 = window.1.saturating_add(1);
        window.1 <= rate
    }

    pub(super) fn inject(&self, injection: Injection) {
        lock(&self.injections).push(injection);
    }

    pub(super) fn clear_faults(&self) {
        lock(&self.injections).clear();
    }

    /// The fault that applies at this stage, if there is one. `action` is empty if it is not known yet.
    pub(super) fn fault(&self, stage: Stage, action: &str) -> Option<Fault> {
        let mut injections = lock(&self.injections);
        let index = injections.iter().position(|injection| {
            injection.applies_to(action)
                && (injection.chance >= 1.0 || injection.fault.stage() != stage || self.chance(injection.chance))
        })?;
        let injection = injections.get_mut(index)?;
        if injection.fault.stage() != stage {
            return None;
        }
        let fault = injection.fault.clone();
        if let Some(left) = &mut injection.left {
            *left = left.saturating_sub(1);
            if *left == 0 {
                injections.remove(index);
            }
        }
        Some(fault)
    }

    fn chance(&self, chance: f64) -> bool {
        lock(&self.random).f64() < chance
    }

    /// Creates a RequestId: a random UUID, as the cloud does.
    pub(super) fn request_id(&self) -> String {
        let number = lock(&self.random).u128(..);
        let number = number & !(0xF << 76 | 0xC << 60) | 4 << 76 | 0x8 << 60;
        let hex = format!("{number:032x}");
        [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
    }

    /// Records a request, after calling the observer.
    ///
    /// # Errors
    /// The observer panicked. The request is recorded nevertheless.
    pub(super) fn record(&self, received: Received) -> Result<(), ErrorResponse> {
        let observed = match &self.observer {
            Some(observer) => caught("The observer of the emulator", || observer(&received)),
            None => Ok(()),
        };
        if self.recording.load(Ordering::Relaxed) {
            lock(&self.received).push(received);
        }
        observed
    }
}
