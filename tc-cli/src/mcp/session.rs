//! What lasts from one tool call to the next: the options of the server, the clients, and results that were cut.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use serde_json::Value;
use tc_core::Client;

use super::cut::Results;
use super::input::Resolved;
use crate::args::Options;
use crate::call;
use crate::error::Error;
use crate::profile::Keys;

/// The state of the server.
pub(super) struct Session {
    options: Options,
    allows_write: bool,
    clients: Mutex<HashMap<Key, (Keys, Client)>>,
    results: Mutex<Results>,
}

/// What a client depends on: profile, service, and the options of its calls.
type Key = (String, &'static str, Option<String>);

impl Session {
    pub(super) fn new(options: Options, allows_write: bool) -> Self {
        Self { options, allows_write, clients: Mutex::default(), results: Mutex::default() }
    }

    /// The options that `tcapi mcp` was started with.
    pub(super) fn options(&self) -> &Options {
        &self.options
    }

    pub(super) fn allows_write(&self) -> bool {
        self.allows_write
    }

    /// The client for a call. The calls of one profile to one service share it, and with it the rate limiter.
    ///
    /// # Errors
    /// The profile cannot be used.
    pub(super) fn client(&self, call: &Resolved) -> Result<Client, Error> {
        let Resolved { options, settings, target, .. } = call;
        let key = (settings.profile.name().to_owned(), target.folder, options.get("profile").map(str::to_owned));
        let keys = settings.keys(options)?;
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        // Another key in the profile's file is another client.
        if let Some((same, client)) = clients.get(&key)
            && *same == keys
        {
            return Ok(client.clone());
        }
        let client = call::client_of(settings, options, target.folder)?;
        clients.insert(key, (keys, client.clone()));
        Ok(client)
    }

    /// A result cut to the size of one answer.
    pub(super) fn cut(&self, value: Value) -> Value {
        self.results.lock().unwrap_or_else(PoisonError::into_inner).cut(value)
    }

    /// The part of an earlier result that a cursor stands for.
    ///
    /// # Errors
    /// There is no such cursor.
    pub(super) fn rest(&self, cursor: &str) -> Result<Value, Error> {
        self.results.lock().unwrap_or_else(PoisonError::into_inner).rest(cursor)
    }
}
