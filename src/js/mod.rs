//! What JavaScript calls: plain functions that take what a page, a server or a store gave, and throw numbered problems.

mod call;
mod memory;
mod outcome;
mod session;
mod sign_in;
#[cfg(feature = "ucp")]
mod ucp;

/// Traps without a word: clippy sees to it that no code of ours panics, and the machinery that prints weighs 3 kB.
#[cfg(not(feature = "std"))]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
