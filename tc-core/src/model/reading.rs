//! What one decoding is allowed and what it notices. Kept per thread: serde passes no state from a struct to those
//! nested in it.

use std::cell::Cell;

/// The state of the decoding that runs on this thread.
#[derive(Clone, Copy)]
struct State {
    /// A required parameter that is absent is an error.
    request: bool,
    /// A member was absent, or one arrived that the struct does not have.
    incomplete: bool,
    /// A member was absent while one arrived whose name differs only in case.
    near: bool,
    /// A number in free JSON may have lost digits.
    rounded: bool,
    /// The last list was null.
    null: bool,
    /// How many bytes of memory the value may still take, and how few are half of all.
    left: usize,
    half: usize,
    /// It took more.
    exhausted: bool,
}

impl State {
    const USUAL: Self = Self {
        request: false,
        incomplete: false,
        near: false,
        rounded: false,
        null: false,
        left: usize::MAX,
        half: 0,
        exhausted: false,
    };
}

thread_local! {
    static STATE: Cell<State> = const { Cell::new(State::USUAL) };
}

fn change(change: impl FnOnce(&mut State)) {
    STATE.with(|cell| {
        let mut state = cell.get();
        change(&mut state);
        cell.set(state);
    });
}

/// A decoding under way. Dropping it gives the thread the state it had before.
pub(crate) struct Reading(State);

impl Reading {
    /// Of an answer, whose value may take this many bytes of memory.
    pub(crate) fn answer(bytes: usize) -> Self {
        Self(STATE.replace(State { left: bytes, half: bytes / 2, ..State::USUAL }))
    }

    /// Of a request, which must be complete.
    pub(super) fn request() -> Self {
        let outer = STATE.get();
        Self(STATE.replace(State { request: true, ..outer }))
    }

    // They look at the thread, not at `self`; that one exists is what gives them a meaning.

    /// Begins once more.
    #[allow(clippy::unused_self)]
    pub(crate) fn again(&self, bytes: usize) {
        STATE.set(State { left: bytes, half: bytes / 2, ..State::USUAL });
    }

    /// Whether the document and the structs differ, or may differ, in their members.
    #[allow(clippy::unused_self)]
    pub(crate) fn incomplete(&self) -> bool {
        STATE.get().incomplete
    }

    /// Whether a member was absent while one arrived whose name differs only in case.
    #[allow(clippy::unused_self)]
    pub(crate) fn near(&self) -> bool {
        STATE.get().near
    }

    /// Whether a number in free JSON may have lost digits.
    #[allow(clippy::unused_self)]
    pub(crate) fn rounded(&self) -> bool {
        STATE.get().rounded
    }

    /// Whether the value took more memory than it may.
    #[allow(clippy::unused_self)]
    pub(crate) fn exhausted(&self) -> bool {
        STATE.get().exhausted
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        STATE.set(self.0);
    }
}

pub(super) fn is_request() -> bool {
    STATE.get().request
}

#[cold]
pub(super) fn note_incomplete(near: bool) {
    change(|state| {
        state.incomplete = true;
        state.near |= near;
    });
}

#[cold]
pub(super) fn note_rounded() {
    change(|state| state.rounded = true);
}

#[cold]
pub(super) fn note_null() {
    change(|state| state.null = true);
}

/// Whether the last list was null; asked once.
pub(super) fn take_null() -> bool {
    let was = STATE.get().null;
    if was {
        change(|state| state.null = false);
    }
    was
}

/// Whether more than half of the memory that the value may take is taken.
pub(super) fn is_tight() -> bool {
    let state = STATE.get();
    state.left < state.half
}

/// Counts memory that the value is about to take.
///
/// # Errors
/// That it is more than the value may take: `[{},{},…]` becomes hundreds of times its size.
pub(super) fn charge<E: serde::de::Error>(bytes: usize) -> Result<(), E> {
    let mut state = STATE.get();
    match state.left.checked_sub(bytes) {
        Some(left) => {
            state.left = left;
            STATE.set(state);
            Ok(())
        }
        None => {
            change(|state| state.exhausted = true);
            Err(E::custom("the answer takes more memory than it may"))
        }
    }
}
