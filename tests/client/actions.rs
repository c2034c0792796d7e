//! Actions: one that reads, one that writes, one that writes with a token, one with a documented rate, one with pages.

use tc_core::emulator::Emulator;
use tc_core::{tc_action, tc_model};

/// Reads; the response repeats the request.
#[tc_action(service = "demo", version = "2020-01-01", response = Thing)]
pub(crate) struct DescribeThing {
    pub(crate) name: String,
}

/// Writes: sent twice, it creates two things.
#[tc_action(service = "demo", version = "2020-01-01", response = Thing)]
pub(crate) struct CreateThing {
    pub(crate) name: String,
    #[tc(sensitive)]
    pub(crate) password: Option<String>,
}

/// Writes, and is recognised by its token when it is sent twice.
#[tc_action(service = "demo", version = "2020-01-01", response = Thing)]
pub(crate) struct RunThing {
    pub(crate) name: String,
    pub(crate) client_token: Option<String>,
}

/// Reads, at most ten times a second.
#[tc_action(service = "demo", version = "2020-01-01", response = Thing, rate = 10)]
pub(crate) struct GetThing {
    pub(crate) name: String,
}

#[tc_model]
pub(crate) struct Thing {
    pub(crate) name: String,
    #[tc(sensitive)]
    pub(crate) secret: Option<String>,
}

/// Lists more than ten thousand numbers.
#[tc_action(service = "demo", version = "2020-01-01", response = Numbers, page(total = total_count, items = number_set))]
pub(crate) struct ListNumbers {
    #[tc(items = ..=10)]
    pub(crate) ids: Vec<String>,
    pub(crate) offset: Option<u64>,
    #[tc(range = ..=100)]
    pub(crate) limit: Option<u64>,
}

#[tc_model]
pub(crate) struct Numbers {
    pub(crate) total_count: Option<u64>,
    pub(crate) number_set: Vec<u64>,
}

pub(crate) fn register(emulator: &Emulator) {
    emulator.on::<DescribeThing>(|request: DescribeThing| Thing::new(request.name));
    emulator.on::<CreateThing>(|request: CreateThing| Thing::new(request.name));
    emulator.on::<RunThing>(|request: RunThing| Thing::new(request.name));
    emulator.on::<GetThing>(|request: GetThing| Thing::new(request.name));
}
