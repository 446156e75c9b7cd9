use std::{fs, io, path::Path, time::SystemTime};

/// Names of the files below `folder` that were written before the deadline. What vanishes meanwhile is passed over.
pub fn files_before(folder: &Path, deadline: SystemTime) -> io::Result<Vec<String>> {
    let mut found = vec![];
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(folder) else { continue };
        for entry in entries {
            let entry = entry?;
            match entry.metadata() {
                Ok(data) if data.is_dir() => folders.push(entry.path()),
                Ok(data) if data.modified()? < deadline => found.extend(entry.file_name().into_string().ok()),
                _ => {}
            }
        }
    }
    Ok(found)
}
