//! The memory of one question. Blocks lie one behind the other, and all are given up at once when it is answered: the
//! core keeps nothing, so that nothing has to be found again, and to drop a text takes no code.

#![allow(unsafe_code)]

use core::alloc::{GlobalAlloc, Layout};
use core::arch::wasm32::{memory_grow, memory_size, unreachable};
use core::cell::Cell;
use core::ptr;

use wasm_bindgen::prelude::*;

use crate::web::object;

const PAGE: u64 = 65_536;

unsafe extern "C" {
    /// The linker's: where nothing of the program lies any more.
    static __heap_base: u8;
}

struct Memory {
    /// Of the last block.
    end: Cell<*const u8>,
    /// Blocks before it outlive their question.
    kept: Cell<*const u8>,
}

#[global_allocator]
static MEMORY: Memory = Memory { end: Cell::new(&raw const __heap_base), kept: Cell::new(&raw const __heap_base) };

// SAFETY: there is one thread.
unsafe impl Sync for Memory {}

// SAFETY: a block begins where the last one ends, or further on, in memory that is there. What cannot be had ends in a
// trap, which the shell knows as `instance_lost`.
unsafe impl GlobalAlloc for Memory {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let start = (self.end.get() as u64).next_multiple_of(layout.align() as u64);
        let end = start + layout.size() as u64;
        // One byte more, so that an end is always an address.
        let pages = (end / PAGE + 1) as usize;
        let there = memory_size(0);
        if pages > there && memory_grow(0, pages - there) == usize::MAX {
            unreachable();
        }
        self.end.set(end as *const u8);
        start as *mut u8
    }

    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}

    /// The last block grows and shrinks where it is.
    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if block as usize + layout.size() == self.end.get() as usize {
            self.end.set(block);
        }
        let is_kept = block.cast_const() < self.kept.get();
        // SAFETY: `size` is of a layout with this alignment, as the caller promises; the block is as long as it says.
        let moved = unsafe {
            let moved = self.alloc(Layout::from_size_align_unchecked(size, layout.align()));
            ptr::copy(block, moved, size.min(layout.size()));
            moved
        };
        if is_kept {
            self.kept.set(self.end.get());
        }
        moved
    }
}

/// Before the first question. wasm-bindgen's list of handles is the only thing that outlives one: it is made with the
/// first handle, and stays what it is when it has to move.
#[wasm_bindgen(start)]
fn begin() {
    drop(object());
    MEMORY.kept.set(MEMORY.end.get());
}

/// Gives up the memory of a question. The shell says so when it has the answer, and no other question is under way.
#[wasm_bindgen(js_name = startOver)]
pub fn start_over() {
    MEMORY.end.set(MEMORY.kept.get());
}
