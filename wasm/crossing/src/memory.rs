//! Memory: grown in few large steps.
//!
//! An allocator asks for as much memory as it needs, 64 KB at a time. Above 64 MB, V8 answers nearly every such step
//! with a full garbage collection, which made each activity cost more the more there were. So whenever memory has
//! grown, it grows once more by a part of its size, and the next steps need none.

use std::{
    alloc::{GlobalAlloc, Layout, System},
    arch::wasm32::memory_size,
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
};

#[global_allocator]
static ALLOCATOR: LargeSteps = LargeSteps { pages: AtomicUsize::new(0) };

const PAGE_BYTES: usize = 64 * 1024;
/// Below this size memory grows as it is needed: most pages have only a few members.
const SMALL_PAGES: usize = 16 * 1024 * 1024 / PAGE_BYTES;
/// Memory grows by a quarter, so that growing to any size takes few steps and at most a fifth of it is unused.
const PART: usize = 4;
/// No step is larger, so that a large engine does not ask for memory that a phone does not have.
const MAX_STEP_PAGES: usize = 64 * 1024 * 1024 / PAGE_BYTES;

/// The allocator of the standard library, with memory that grows in large steps.
struct LargeSteps {
    /// How large memory was when it last grew.
    pages: AtomicUsize,
}

#[expect(unsafe_code, reason = "`GlobalAlloc` is unsafe; each call is handed on to the standard library's allocator")]
// SAFETY: `System` keeps the contract of `GlobalAlloc`, and what `reserve` allocates it gives back with the same
// layout.
unsafe impl GlobalAlloc for LargeSteps {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let block = unsafe { System.alloc(layout) };
        self.follow_growth();
        block
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        unsafe { System.dealloc(block, layout) };
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, bytes: usize) -> *mut u8 {
        let block = unsafe { System.realloc(block, layout, bytes) };
        self.follow_growth();
        block
    }
}

impl LargeSteps {
    /// Lets memory grow further if it has just grown.
    fn follow_growth(&self) {
        let pages = memory_size(0);
        if pages == self.pages.load(Relaxed) {
            return;
        }
        if pages >= SMALL_PAGES {
            reserve((pages / PART).min(MAX_STEP_PAGES) * PAGE_BYTES);
        }
        self.pages.store(memory_size(0), Relaxed);
    }
}

/// Has the allocator grow memory by a block, which it then has for later.
#[expect(unsafe_code, reason = "allocating a block and giving it back is what makes the allocator keep it")]
fn reserve(bytes: usize) {
    let Ok(layout) = Layout::from_size_align(bytes, 8) else { return };
    // SAFETY: the layout is not empty, and the block is given back with the same one.
    unsafe {
        let block = System.alloc(layout);
        if !block.is_null() {
            System.dealloc(block, layout);
        }
    }
}
