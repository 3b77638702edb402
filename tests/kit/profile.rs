//! A `RUNDOWN_HOME` that is thrown away, and a look at every byte that the app left in it.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use tempfile::TempDir;

use crate::Result;

/// The app's folders and its output. They stay over restarts of the app, and go with this value.
#[derive(Debug)]
pub struct Profile(TempDir);

impl Profile {
    /// An empty one.
    ///
    /// # Errors
    /// There is no room for it.
    pub fn new() -> Result<Self> {
        let profile = Self(tempfile::Builder::new().prefix("rundown-profile-").tempdir()?);
        fs::create_dir(profile.home())?;
        Ok(profile)
    }

    /// The value of `RUNDOWN_HOME`.
    pub fn home(&self) -> PathBuf {
        self.0.path().join("home")
    }

    /// Everything that the app and its driver wrote to their outputs.
    pub fn output(&self) -> String {
        fs::read(self.output_file())
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
            .unwrap_or_default()
    }

    /// The files below the home, and the output, that contain `text`.
    ///
    /// # Errors
    /// A file can't be read.
    pub fn files_containing(&self, text: &str) -> Result<Vec<PathBuf>> {
        let mut found = Vec::new();
        search(self.0.path(), text.as_bytes(), &mut found)?;
        Ok(found)
    }

    /// A handle that appends to the output.
    pub(crate) fn append(&self) -> io::Result<File> {
        File::options().create(true).append(true).open(self.output_file())
    }

    fn output_file(&self) -> PathBuf {
        self.0.path().join("output.txt")
    }
}

fn search(folder: &Path, wanted: &[u8], found: &mut Vec<PathBuf>) -> Result {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let kind = fs::symlink_metadata(&path)?.file_type();
        if kind.is_dir() {
            search(&path, wanted, found)?;
        } else if kind.is_file() {
            let bytes = fs::read(&path)?;
            if bytes.windows(wanted.len()).any(|window| window == wanted) {
                found.push(path);
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_found_in_any_file_and_in_the_output() {
        let profile = Profile::new().unwrap();
        fs::create_dir_all(profile.home().join("deep/er")).unwrap();
        fs::write(profile.home().join("deep/er/data.bin"), b"\0\xffsk_secret\0").unwrap();
        io::Write::write_all(&mut profile.append().unwrap(), b"key sk_secret").unwrap();
        assert_eq!(profile.files_containing("sk_secret").unwrap().len(), 2);
        assert!(profile.files_containing("sk_other").unwrap().is_empty());
    }
}
