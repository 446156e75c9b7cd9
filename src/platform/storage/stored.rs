use super::{Key, s3::Bucket};
use crate::{platform::log, shared::AppError};
use axum::body::Bytes;
use futures::{Stream, StreamExt, stream};
use std::{io, pin::Pin, sync::Arc};
use tokio::io::{AsyncReadExt, AsyncSeekExt};
use tokio_util::io::ReaderStream;

/// One read; also all that a slow reader holds in memory.
const CHUNK: usize = 256 * 1024;

pub type Chunks = Pin<Box<dyn Stream<Item = io::Result<Bytes>> + Send>>;

/// A file that is there, and its length.
pub struct Stored {
    pub length: u64,
    pub(super) key: Key,
    pub(super) source: Source,
}

pub(super) enum Source {
    File(tokio::fs::File),
    Bucket(Arc<Bucket>),
}

impl Stored {
    /// The bytes from `first` on. A whole original is hashed while it passes: when it is not the one that its name
    /// promises, its last piece is withheld and the stream ends with an error.
    pub async fn read(self, first: u64, length: u64) -> Result<Chunks, AppError> {
        let whole = first == 0 && length == self.length;
        let expected = self.key.hash().filter(|_| whole);
        let chunks: Chunks = match self.source {
            Source::File(mut file) => {
                file.seek(io::SeekFrom::Start(first)).await.map_err(|e| log::internal("storage", &e))?;
                Box::pin(ReaderStream::with_capacity(file.take(length), CHUNK))
            }
            Source::Bucket(_) if length == 0 => Box::pin(stream::empty()),
            Source::Bucket(bucket) => {
                let range = (!whole).then(|| (first, first + length - 1));
                let got = bucket.get(&self.key, range).await?.ok_or(AppError::Unavailable)?;
                if got.length() != length {
                    // a server that knows no ranges sends all of it, and one behind a broken line less
                    tracing::error!(
                        key = self.key.as_str(),
                        asked = length,
                        sent = got.length(),
                        "the bucket sends another length than asked for"
                    );
                    return Err(AppError::Unavailable);
                }
                got.chunks()
            }
        };
        Ok(match expected {
            Some(hash) => withhold_unless_right(chunks, hash),
            None => chunks,
        })
    }
}

struct Passing {
    chunks: Chunks,
    hasher: blake3::Hasher,
    /// The piece that was read last: given on only when another one follows, or when the whole is right.
    held: Option<Bytes>,
    over: bool,
}

fn withhold_unless_right(chunks: Chunks, expected: [u8; 32]) -> Chunks {
    let start = Passing { chunks, hasher: blake3::Hasher::new(), held: None, over: false };
    Box::pin(stream::unfold(start, move |mut passing| async move {
        while !passing.over {
            match passing.chunks.next().await {
                Some(Ok(piece)) => {
                    passing.hasher.update(&piece);
                    if let Some(before) = passing.held.replace(piece) {
                        return Some((Ok(before), passing));
                    }
                }
                Some(Err(error)) => {
                    passing.over = true;
                    return Some((Err(error), passing));
                }
                None => {
                    passing.over = true;
                    let right = passing.hasher.finalize() == blake3::Hash::from_bytes(expected);
                    let last = passing.held.take();
                    if !right {
                        tracing::error!("an original changed while it was being sent; the connection was ended");
                        return Some((Err(io::Error::other("the file is not the one that was kept")), passing));
                    }
                    return last.map(|last| (Ok(last), passing));
                }
            }
        }
        None
    }))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    async fn pass(pieces: &[&'static [u8]], promised: &[u8]) -> (Vec<u8>, bool) {
        let chunks = stream::iter(pieces.iter().map(|piece| Ok(Bytes::from_static(piece))).collect::<Vec<_>>());
        let all: Vec<io::Result<Bytes>> = withhold_unless_right(Box::pin(chunks), *blake3::hash(promised).as_bytes()).collect().await;
        let whole = all.iter().all(Result::is_ok);
        (all.into_iter().flatten().flatten().collect(), whole)
    }

    #[tokio::test]
    async fn what_was_kept_passes_whole() {
        assert_eq!(pass(&[b"ab", b"cd", b"e"], b"abcde").await, (b"abcde".to_vec(), true));
        assert_eq!(pass(&[], b"").await, (vec![], true));
    }

    #[tokio::test]
    async fn a_changed_file_never_arrives_whole() {
        assert_eq!(pass(&[b"ab", b"cd", b"e"], b"abcdE").await, (b"abcd".to_vec(), false));
        assert_eq!(pass(&[b"ab"], b"abc").await, (vec![], false));
    }
}
