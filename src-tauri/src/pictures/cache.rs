//! Pictures on disk: one folder for each account, one file for each address, the oldest gone first.
//!
//! What is lost here is fetched again, so a file that can't be read is as if it had never been.

use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use rundown_core::PictureAddress;
use rundown_core::model::AccountId;
use rundown_services::pictures::Picture;
use uuid::Uuid;

/// Bytes kept at most.
const ROOM: u64 = 200 << 20;

/// The pictures that were fetched once.
pub struct Cache {
    folder: PathBuf,
    room: u64,
}

impl Cache {
    /// The cache in `folder`, which is made when it is needed.
    pub fn new(folder: PathBuf) -> Self {
        Self { folder, room: ROOM }
    }

    /// A picture fetched before from this address for this account.
    pub fn get(&self, address: &PictureAddress) -> Option<Picture> {
        Picture::from_bytes(fs::read(self.file(address)).ok()?)
    }

    /// Keeps a picture, and makes room for it.
    pub fn put(&self, address: &PictureAddress, picture: &Picture) -> io::Result<()> {
        let file = self.file(address);
        fs::create_dir_all(self.folder_of(&address.account))?;
        // Renamed into place, so that a picture is there whole or not at all.
        let unfinished = file.with_extension(Uuid::now_v7().to_string());
        fs::write(&unfinished, &picture.bytes)?;
        fs::rename(&unfinished, &file)?;
        self.make_room()
    }

    /// Removes what was kept for an account.
    pub fn forget(&self, account: &AccountId) -> io::Result<()> {
        match fs::remove_dir_all(self.folder_of(account)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    fn make_room(&self) -> io::Result<()> {
        let mut files = Vec::new();
        for folder in fs::read_dir(&self.folder)? {
            collect(&folder?.path(), &mut files)?;
        }
        let mut used: u64 = files.iter().map(|(_, metadata)| metadata.len()).sum();
        files.sort_by_key(|(_, metadata)| metadata.modified().ok());
        for (path, metadata) in files {
            if used <= self.room {
                break;
            }
            fs::remove_file(path)?;
            used -= metadata.len();
        }
        Ok(())
    }

    fn folder_of(&self, account: &AccountId) -> PathBuf {
        // Hashed like the address, so that nothing but letters and digits becomes a path.
        self.folder.join(hashed(account.as_str()))
    }

    fn file(&self, address: &PictureAddress) -> PathBuf {
        self.folder_of(&address.account).join(hashed(&address.url))
    }
}

fn hashed(text: &str) -> String {
    Uuid::new_v5(&Uuid::NAMESPACE_URL, text.as_bytes()).simple().to_string()
}

fn collect(folder: &Path, files: &mut Vec<(PathBuf, Metadata)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        files.push((entry.path(), entry.metadata()?));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use tempfile::TempDir;

    use super::*;

    fn address(account: &AccountId, url: &str) -> PictureAddress {
        PictureAddress {
            account: account.clone(),
            url: url.to_owned(),
            told_by: "https://api.example/".parse().unwrap(),
        }
    }

    fn picture(mark: u8) -> Picture {
        let mut bytes = b"GIF89a".to_vec();
        bytes.resize(1000, mark);
        Picture::from_bytes(bytes).unwrap()
    }

    fn cache(room: u64) -> (TempDir, Cache) {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache { folder: folder.path().join("pictures"), room };
        (folder, cache)
    }

    /// Makes a file as old as that many seconds after 1970.
    fn date(cache: &Cache, address: &PictureAddress, seconds: u64) {
        let file = fs::File::options().write(true).open(cache.file(address)).unwrap();
        file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)).unwrap();
    }

    #[test]
    fn a_picture_comes_back_for_its_own_address_and_account_alone() {
        let (_folder, cache) = cache(1 << 20);
        let (mine, other) = (AccountId::generate(), AccountId::generate());
        let here = address(&mine, "https://cdn.example/../../a.png?x=1");
        assert_eq!(cache.get(&here), None);
        cache.put(&here, &picture(1)).unwrap();
        assert_eq!(cache.get(&here), Some(picture(1)));
        assert_eq!(cache.get(&address(&mine, "https://cdn.example/../../a.png?x=2")), None);
        assert_eq!(cache.get(&address(&other, &here.url)), None);
        cache.put(&here, &picture(2)).unwrap();
        assert_eq!(cache.get(&here), Some(picture(2)));
        assert_eq!(fs::read_dir(cache.folder_of(&mine)).unwrap().count(), 1);
    }

    #[test]
    fn the_oldest_pictures_make_room_for_a_new_one() {
        let (_folder, cache) = cache(3500);
        let (one, two) = (AccountId::generate(), AccountId::generate());
        let kept: Vec<_> =
            [(&one, "a"), (&two, "b"), (&one, "c")].map(|(owner, url)| address(owner, url)).into();
        for (at, address) in [30, 10, 20].into_iter().zip(&kept) {
            cache.put(address, &picture(0)).unwrap();
            date(&cache, address, at);
        }
        let new = address(&two, "d");
        cache.put(&new, &picture(0)).unwrap();
        let is_there = |address| cache.get(address).is_some();
        assert_eq!(kept.iter().map(is_there).collect::<Vec<_>>(), [true, false, true]);
        assert!(is_there(&new));
    }

    #[test]
    fn a_file_that_is_no_picture_is_not_taken_for_one() {
        let (_folder, cache) = cache(1 << 20);
        let here = address(&AccountId::generate(), "https://cdn.example/a.png");
        cache.put(&here, &picture(1)).unwrap();
        fs::write(cache.file(&here), "<svg/>").unwrap();
        assert_eq!(cache.get(&here), None);
    }

    #[test]
    fn an_account_is_forgotten_with_its_pictures_and_no_other() {
        let (_folder, cache) = cache(1 << 20);
        let (mine, other) = (AccountId::generate(), AccountId::generate());
        cache.forget(&mine).unwrap();
        for account in [&mine, &other] {
            cache.put(&address(account, "a"), &picture(1)).unwrap();
        }
        cache.forget(&mine).unwrap();
        assert_eq!(cache.get(&address(&mine, "a")), None);
        assert_eq!(cache.get(&address(&other, "a")), Some(picture(1)));
    }
}
