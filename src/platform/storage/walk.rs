use super::{Key, Listed};
use std::{fs, io, path::Path};

/// Up to `most` files below the folders whose name (relative to the root) comes after `after`, in the order of their
/// names: the order in which a bucket lists them too. What vanishes meanwhile is passed over.
pub fn page(root: &Path, folders: &[&str], after: &str, most: usize) -> io::Result<Vec<Listed>> {
    let mut found = vec![];
    for folder in folders {
        descend(root, folder, after, most, &mut found)?;
    }
    Ok(found)
}

fn descend(root: &Path, below: &str, after: &str, most: usize, found: &mut Vec<Listed>) -> io::Result<()> {
    // a whole folder before the cursor is not even opened
    if below < after && !after.starts_with(below) {
        return Ok(());
    }
    let Ok(entries) = fs::read_dir(root.join(below)) else { return Ok(()) };
    let mut names: Vec<String> = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
    names.sort_unstable();
    for name in names {
        if found.len() >= most {
            return Ok(());
        }
        let path = format!("{below}/{name}");
        match fs::metadata(root.join(&path)) {
            Ok(data) if data.is_dir() => descend(root, &path, after, most, found)?,
            Ok(data) if path.as_str() > after => {
                let modified = data.modified()?;
                let stamp = modified.duration_since(std::time::UNIX_EPOCH).map_or(0, |age| age.as_nanos()).to_string();
                found.extend(Key::parse(&path).map(|key| Listed { key, length: data.len(), modified, stamp }));
            }
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_a_listing_are_the_whole_of_it() {
        let folder = tempfile::tempdir().unwrap();
        let mut expected = vec![];
        for n in 0..40_u8 {
            let key = Key::original(&[n.wrapping_mul(53); 32]);
            let path = folder.path().join(key.as_str());
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, [n]).unwrap();
            expected.push(key);
        }
        expected.sort();
        fs::write(folder.path().join("originals/stranger"), "x").unwrap();
        let (mut found, mut after) = (vec![], String::new());
        loop {
            let piece = page(folder.path(), &["originals", "variants"], &after, 7).unwrap();
            let Some(last) = piece.last() else { break };
            after = last.key.as_str().into();
            found.extend(piece.into_iter().map(|listed| listed.key));
        }
        assert_eq!(found, expected);
    }
}
