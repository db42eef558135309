//! knownfor for web pages: the engine and its drawing, as WebAssembly.
//!
//! Two classes cross the border, [`Engine`] and [`Drawing`]; the shell in `wasm/js` makes custom elements of them. Nothing here
//! decides about points or badges, and nothing here makes markup of data.
#![cfg_attr(target_arch = "wasm32", no_std)]
#![allow(clippy::missing_errors_doc, reason = "every error becomes a JavaScript `Error` that says what went wrong")]

extern crate alloc;

mod crossing;
mod draw;
mod engine;

pub use draw::Drawing;
pub use engine::Engine;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// A panic ends the call with a `RuntimeError`, which the shell takes as *draw the page's own content*.
#[cfg(target_arch = "wasm32")]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
