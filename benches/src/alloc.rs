//! An allocator that counts per thread, so that the allocations of the server thread do not count for the client.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

/// The system's allocator with a counter.
#[derive(Debug)]
pub struct Counting;

thread_local! {
    static COUNT: Cell<Count> = const { Cell::new(Count { calls: 0, bytes: 0, live: 0 }) };
}

/// The allocations of a thread so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// The number of allocations, including reallocations.
    pub calls: u64,
    /// Allocated bytes.
    pub bytes: u64,
    /// Allocated bytes that this thread has not freed yet.
    pub live: i64,
}

/// The allocations of this thread so far.
pub fn count() -> Count {
    COUNT.get()
}

fn add(calls: u64, allocated: usize, freed: usize) {
    let signed = |bytes: usize| i64::try_from(bytes).unwrap_or(i64::MAX);
    // A thread that is ending has no counter, and no measurement reads it.
    let _ = COUNT.try_with(|count| {
        let Count { calls: before, bytes, live } = count.get();
        count.set(Count {
            calls: before + calls,
            bytes: bytes + allocated as u64,
            live: live + signed(allocated) - signed(freed),
        });
    });
}

// SAFETY: every request is passed unchanged to the system's allocator; counting only changes plain cells.
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
