//! Builds `wasm/pkg`, the npm package of knownfor: `cargo run --release -p knownfor-build`.

use std::process::ExitCode;

fn main() -> ExitCode {
    let weighed = knownfor_build::build().and_then(|package| {
        println!("{}\n{}", package.sizes, package.folder.display());
        if let Some(missing) = &package.missing {
            eprintln!("warning: {missing}");
        }
        package.sizes.check()
    });
    match weighed {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
