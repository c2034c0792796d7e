//! An allocator that counts, for each thread by itself: what the server thread does is none of the client's.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

/// The system's allocator, and a count.
#[derive(Debug)]
pub struct Counting;

thread_local! {
    static COUNT: Cell<Count> = const { Cell::new(Count { calls: 0, bytes: 0, live: 0 }) };
}

/// What a thread has allocated so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// Allocations, growing ones included.
    pub calls: u64,
    /// Bytes asked for.
    pub bytes: u64,
    /// Bytes asked for and not yet given back by this thread.
    pub live: i64,
}

/// What this thread has allocated so far.
pub fn count() -> Count {
    COUNT.get()
}

fn add(calls: u64, asked: usize, freed: usize) {
    let signed = |bytes: usize| i64::try_from(bytes).unwrap_or(i64::MAX);
    // A thread that is ending has no count any more, and nobody asks for it.
    let _ = COUNT.try_with(|count| {
        let Count { calls: before, bytes, live } = count.get();
        count.set(Count {
            calls: before + calls,
            bytes: bytes + asked as u64,
            live: live + signed(asked) - signed(freed),
        });
    });
}

// SAFETY: every request is passed on to the system's allocator as it came; counting touches plain cells only.
#[allow(unsafe_code)]
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        add(1, layout.size(), 0);
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        add(1, layout.size(), 0);
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        add(1, size, layout.size());
        unsafe { System.realloc(pointer, layout, size) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        add(0, 0, layout.size());
        unsafe { System.dealloc(pointer, layout) }
    }
}
