//! The limits and results of decoding one document. They are stored per thread, because serde passes no state to nested structs.

use std::cell::Cell;

/// The state of the decoding that runs on this thread.
#[derive(Clone, Copy)]
struct State {
    /// Whether an absent required parameter is an error.
    request: bool,
    /// Whether a member was absent or unknown.
    incomplete: bool,
    /// Whether a member was absent and an unknown one has a name that differs only in case.
    misspelt: bool,
    /// Whether a number in untyped JSON may have lost digits.
    rounded: bool,
    /// Whether the last list was null.
    null: bool,
    /// Whether the response, which is read as untyped JSON, has a documented member `Error`.
    error_member: bool,
    /// The remaining bytes of memory for the value, and half of the initial number.
    left: usize,
    half: usize,
    /// Whether the value needed more memory.
    exhausted: bool,
}

impl State {
    const DEFAULT: Self = Self {
        request: false,
        incomplete: false,
        misspelt: false,
        rounded: false,
        null: false,
        error_member: false,
        left: usize::MAX,
        half: 0,
        exhausted: false,
    };
}

thread_local! {
    static STATE: Cell<State> = const { Cell::new(State::DEFAULT) };
}

fn change(change: impl FnOnce(&mut State)) {
    STATE.with(|cell| {
        let mut state = cell.get();
        change(&mut state);
        cell.set(state);
    });
}

/// Sets the state of the thread while a document is decoded. Dropping it restores the state before.
pub(crate) struct Reading(State);

impl Reading {
    /// Begins to decode a response, whose value may need this many bytes of memory. `error_member` says whether untyped JSON has a
    /// documented member `Error`.
    pub(crate) fn response(bytes: usize, error_member: bool) -> Self {
        Self(STATE.replace(State { left: bytes, half: bytes / 2, error_member, ..State::DEFAULT }))
    }

    /// Begins to decode a request, which must have all required parameters.
    pub(super) fn request() -> Self {
        // The state of a document that was decoded before may have a null list.
        let outer = STATE.get();
        Self(STATE.replace(State { request: true, null: false, ..outer }))
    }

    // The methods read the state of the thread; `self` proves that it was set.

    /// Begins again.
    #[allow(clippy::unused_self)]
    pub(crate) fn restart(&self, bytes: usize) {
        let error_member = STATE.get().error_member;
        STATE.set(State { left: bytes, half: bytes / 2, error_member, ..State::DEFAULT });
    }

    /// Whether a member was absent or unknown.
    #[allow(clippy::unused_self)]
    pub(crate) fn incomplete(&self) -> bool {
        STATE.get().incomplete
    }

    /// Whether a member was absent and an unknown one has a name that differs only in case.
    #[allow(clippy::unused_self)]
    pub(crate) fn misspelt(&self) -> bool {
        STATE.get().misspelt
    }

    /// Whether a number in untyped JSON may have lost digits.
    #[allow(clippy::unused_self)]
    pub(crate) fn rounded(&self) -> bool {
        STATE.get().rounded
    }

    /// Whether the value needed more memory than allowed.
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

/// Whether the untyped JSON has a documented member `Error`.
pub(crate) fn has_error_member() -> bool {
    STATE.get().error_member
}

#[cold]
pub(super) fn note_incomplete(misspelt: bool) {
    change(|state| {
        state.incomplete = true;
        state.misspelt |= misspelt;
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

/// Returns whether the last list was null, and resets it.
pub(super) fn take_null() -> bool {
    let was = STATE.get().null;
    if was {
        change(|state| state.null = false);
    }
    was
}

/// Whether more than half of the allowed memory is used.
pub(super) fn is_half_used() -> bool {
    let state = STATE.get();
    state.left < state.half
}

/// Subtracts memory that the value needs from the remaining memory.
///
/// # Errors
/// If less remains. A body such as `[{},{},…]` may need hundreds of times its length.
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
            Err(E::custom("the value needs more memory than allowed"))
        }
    }
}
