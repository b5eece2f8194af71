//! Up-to-date checks: a fingerprint of what a step reads, kept beside what it wrote.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

/// A digest of everything that a step's result depends on.
#[derive(Default)]
pub(crate) struct Fingerprint(Sha256);

impl Fingerprint {
    pub(crate) fn text(mut self, text: &str) -> Self {
        self.part(text.as_bytes());
        self
    }

    pub(crate) fn file(mut self, path: &Path) -> Result<Self> {
        let content = fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
        self.part(&content);
        Ok(self)
    }

    /// Every file of a folder, by name and content, folders below it included.
    pub(crate) fn folder(mut self, folder: &Path) -> Result<Self> {
        for path in files_below(folder)? {
            let name = path.strip_prefix(folder).unwrap_or(&path);
            self = self.text(&name.to_string_lossy()).file(&path)?;
        }
        Ok(self)
    }

    pub(crate) fn finish(self) -> String {
        self.0.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Lengths keep `ab` + `c` apart from `a` + `bc`.
    fn part(&mut self, bytes: &[u8]) {
        self.0.update((bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
    }
}

/// The note on a step's result that says what it was made from.
pub(crate) struct Stamp {
    path: PathBuf,
    made_from: String,
    /// A folder that must still be as the step left it.
    result: Option<PathBuf>,
}

impl Stamp {
    pub(crate) fn new(path: PathBuf, made_from: Fingerprint) -> Self {
        Self { path, made_from: made_from.finish(), result: None }
    }

    /// For a result that is the whole content of `folder`; the note lies outside of it.
    pub(crate) fn of_folder(path: PathBuf, made_from: Fingerprint, folder: PathBuf) -> Self {
        Self { result: Some(folder), ..Self::new(path, made_from) }
    }

    pub(crate) fn is_fresh(&self) -> bool {
        fs::read_to_string(&self.path).is_ok_and(|found| self.note().is_ok_and(|note| found == note))
    }

    pub(crate) fn write(&self) -> Result<()> {
        fs::write(&self.path, self.note()?).with_context(|| format!("{} cannot be written", self.path.display()))
    }

    fn note(&self) -> Result<String> {
        let made_from = Fingerprint::default().text(&self.made_from);
        let note = match &self.result {
            Some(folder) => made_from.folder(folder)?,
            None => made_from,
        };
        Ok(note.finish())
    }
}

/// All files below a folder, sorted.
pub(crate) fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).with_context(|| format!("{} cannot be read", folder.display()))?;
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

/// An empty folder, whatever was there before.
pub(crate) fn empty_folder(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("{} cannot be emptied", folder.display()))?;
    }
    fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{Fingerprint, Stamp, empty_folder};

    #[test]
    fn fingerprint_tells_parts_apart() {
        let one = Fingerprint::default().text("ab").text("c").finish();
        let other = Fingerprint::default().text("a").text("bc").finish();
        assert_ne!(one, other);
        assert_eq!(one, Fingerprint::default().text("ab").text("c").finish());
        assert_eq!(one.len(), 64);
    }

    #[test]
    fn a_result_is_fresh_until_its_source_or_itself_changes() {
        let scratch = std::env::temp_dir().join(format!("xtask-freshness-{}", std::process::id()));
        let result = scratch.join("result");
        empty_folder(&result).unwrap();
        let stamp =
            |source: &str| Stamp::of_folder(scratch.join("note"), Fingerprint::default().text(source), result.clone());
        assert!(!stamp("source").is_fresh(), "nothing was made yet");
        fs::write(result.join("made"), "made").unwrap();
        stamp("source").write().unwrap();
        assert!(stamp("source").is_fresh());
        assert!(!stamp("another source").is_fresh());
        fs::write(result.join("made"), "touched").unwrap();
        assert!(!stamp("source").is_fresh());
        fs::remove_dir_all(scratch).unwrap();
    }
}
