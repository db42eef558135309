//! Doors: the native engine and the two in WebAssembly, asked the same questions as JSON.

mod native;
mod node;

pub(crate) use native::Native;
pub(crate) use node::{host, node, succeeds};

use serde_json::{Value, json};

/// An engine that answers questions, however it is reached.
pub(crate) trait Door {
    /// The name in messages.
    fn name(&self) -> &'static str;

    /// Asks one question: `{"do": …}` as `tests/wasm/driver.mjs` takes it.
    ///
    /// # Errors
    ///
    /// The engine's own error message.
    fn ask(&mut self, question: &Value) -> Result<Value, String>;

    /// The ledgers of all members, each line as its bytes.
    fn ledgers(&mut self) -> Vec<String> {
        let members = self.ask(&json!({ "do": "members" })).expect("members are known");
        let mut ledgers = Vec::new();
        for member in members.as_array().into_iter().flatten() {
            let lines = self.ask(&json!({ "do": "ledger", "member": member })).expect("a ledger is known");
            ledgers.extend(lines.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned));
        }
        ledgers
    }

    /// Starts again with a program.
    fn check(&mut self, program: &str) -> Result<Value, String> {
        self.ask(&json!({ "do": "check", "program": program }))
    }
}
