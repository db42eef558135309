//! Stamp: what a package was built from, and what it weighs, so that an unchanged one is not built again.

use crate::{
    compile::{compiled, target_folder},
    module::Module,
    weigh::{ModuleSize, Sizes},
};
use anyhow::{Context, Result};
use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
};

/// The stamp of a package. It stands beside the compiled modules, as the package's folder is what gets published.
pub(crate) struct Stamp {
    file: PathBuf,
    sources: String,
}

impl Stamp {
    /// The stamp that a package built now will have.
    pub(crate) fn of_sources(wasm: &Path, modules: &[Module]) -> Result<Self> {
        let root = wasm.join("..");
        let mut hasher = DefaultHasher::new();
        for folder in ["js", "build"] {
            hash_all(&wasm.join(folder), &mut hasher)?;
        }
        for file in ["Cargo.toml", "Cargo.lock", "LICENSE-MIT", "LICENSE-APACHE"] {
            hash_file(&root.join(file), &mut hasher)?;
        }
        for module in modules {
            hash_file(&compiled(wasm, *module), &mut hasher)?;
        }
        Ok(Self { file: target_folder(wasm, "").join("package"), sources: format!("{:016x}", hasher.finish()) })
    }

    /// What the package in a folder weighs, if it was built from these sources and is as it was built.
    pub(crate) fn sizes(&self, modules: &[Module], folder: &Path) -> Option<Sizes> {
        let text = fs::read_to_string(&self.file).ok()?;
        let (head, numbers) = text.split_once('\n')?;
        if head != self.head(folder).ok()? {
            return None;
        }
        let mut numbers = numbers.split_whitespace().map(|number| number.parse().ok());
        let mut next = || numbers.next().flatten();
        let sizes = modules.iter().map(|module| {
            let [wasm_bytes, wasm_brotli_bytes, glue_gzip_bytes] = [next()?, next()?, next()?];
            Some(ModuleSize { module: *module, wasm_bytes, wasm_brotli_bytes, glue_gzip_bytes })
        });
        Some(Sizes { modules: sizes.collect::<Option<_>>()?, script_brotli_bytes: next()? })
    }

    /// Keeps what the package weighs that was built from these sources.
    pub(crate) fn write(&self, folder: &Path, sizes: &Sizes) -> Result<()> {
        let mut text = self.head(folder)? + "\n";
        for ModuleSize { wasm_bytes, wasm_brotli_bytes, glue_gzip_bytes, .. } in &sizes.modules {
            text += &format!("{wasm_bytes} {wasm_brotli_bytes} {glue_gzip_bytes}\n");
        }
        text += &format!("{}\n", sizes.script_brotli_bytes);
        fs::write(&self.file, text).with_context(|| format!("cannot write {}", self.file.display()))
    }

    /// The hash of the sources and that of the package.
    fn head(&self, folder: &Path) -> Result<String> {
        let mut hasher = DefaultHasher::new();
        hash_all(folder, &mut hasher)?;
        Ok(format!("{} {:016x}", self.sources, hasher.finish()))
    }
}

/// Adds the files below a folder by name and content, without what npm installed and what another build is writing.
fn hash_all(folder: &Path, hasher: &mut DefaultHasher) -> Result<()> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut names = entries.map(|entry| Ok(entry?.file_name())).collect::<Result<Vec<_>>>()?;
    names.sort();
    for name in names.iter().filter(|name| *name != "node_modules" && !name.to_string_lossy().starts_with('.')) {
        name.hash(hasher);
        let place = folder.join(name);
        if place.is_dir() { hash_all(&place, hasher)? } else { hash_file(&place, hasher)? }
    }
    Ok(())
}

fn hash_file(file: &Path, hasher: &mut DefaultHasher) -> Result<()> {
    // A checkout may lack a licence; the package is then built without it.
    let content = file.exists().then(|| fs::read(file)).transpose();
    content.with_context(|| format!("cannot read {}", file.display()))?.hash(hasher);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::module::MODULES;
    use std::{env, process};

    #[test]
    fn a_package_is_known_again_until_a_file_of_it_or_of_its_sources_changes() {
        let root = env::temp_dir().join(format!("knownfor-stamp-{}", process::id()));
        let (wasm, folder) = (root.join("wasm"), root.join("wasm").join("pkg"));
        let source = wasm.join("js").join("in").join("a.js");
        for place in [source.parent().expect("a folder"), &wasm.join("build"), &folder] {
            fs::create_dir_all(place).expect("the folder is made");
        }
        fs::write(&source, "1").expect("the source is written");
        fs::write(folder.join("a.js"), "1").expect("the package is written");
        let stamp = || {
            let stamp = Stamp::of_sources(&wasm, &MODULES).expect("the sources are read");
            Stamp { file: root.join("stamp"), ..stamp }
        };
        let size = |module| ModuleSize { module, wasm_bytes: 3, wasm_brotli_bytes: 2, glue_gzip_bytes: 1 };
        let sizes = Sizes { modules: MODULES.map(size).into(), script_brotli_bytes: 4 };

        assert!(stamp().sizes(&MODULES, &folder).is_none(), "nothing has been built");
        stamp().write(&folder, &sizes).expect("the stamp is written");
        let known = stamp().sizes(&MODULES, &folder).expect("the package is as it was built");
        assert_eq!(known.to_string(), sizes.to_string());

        fs::write(folder.join("a.js"), "2").expect("the package is changed");
        assert!(stamp().sizes(&MODULES, &folder).is_none(), "the package has been changed");
        fs::write(folder.join("a.js"), "1").expect("the package is changed back");
        assert!(stamp().sizes(&MODULES, &folder).is_some(), "the package is as it was");
        fs::write(&source, "2").expect("the source is changed");
        assert!(stamp().sizes(&MODULES, &folder).is_none(), "a source has been changed");
        fs::remove_dir_all(&root).expect("the folder is removed");
    }
}
