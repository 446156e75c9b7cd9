//! One byte range of a file, as RFC 9110 has it. Several ranges at once are answered with the whole file, as it allows.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    Whole,
    /// First byte and number of bytes, within the file.
    Part(u64, u64),
    /// Nothing of that is in the file.
    Nowhere,
}

/// `header`: the value of `Range`, when the conditions for it hold.
pub fn wanted(header: Option<&str>, length: u64) -> Wanted {
    let Some(spec) = header.and_then(|value| value.trim().strip_prefix("bytes=")) else { return Wanted::Whole };
    let Some((first, last)) = spec.split_once('-') else { return Wanted::Whole };
    let number = |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse::<u64>().unwrap_or(u64::MAX));
    match (first.trim(), last.trim()) {
        ("", "") => Wanted::Whole,
        ("", suffix) => match number(suffix) {
            None => Wanted::Whole,
            Some(0) => Wanted::Nowhere,
            Some(_) if length == 0 => Wanted::Nowhere,
            Some(n) => Wanted::Part(length - n.min(length), n.min(length)),
        },
        (first, last) => {
            let last = if last.is_empty() { Some(u64::MAX) } else { number(last) };
            match (number(first), last) {
                (Some(first), Some(last)) if first > last => Wanted::Whole,
                (Some(first), Some(_)) if first >= length => Wanted::Nowhere,
                (Some(first), Some(last)) => Wanted::Part(first, last.min(length - 1) - first + 1),
                _ => Wanted::Whole,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Wanted::*, wanted};

    #[test]
    fn one_range_is_cut_to_the_file() {
        for (header, expected) in [
            ("bytes=0-", Part(0, 100)),
            ("bytes=0-0", Part(0, 1)),
            ("bytes=10-19", Part(10, 10)),
            ("bytes=90-1000", Part(90, 10)),
            ("bytes=-10", Part(90, 10)),
            ("bytes=-1000", Part(0, 100)),
            ("bytes=0-99999999999999999999999999", Part(0, 100)),
        ] {
            assert_eq!(wanted(Some(header), 100), expected, "{header}");
        }
    }

    #[test]
    fn what_lies_behind_the_end_is_nowhere() {
        for header in ["bytes=100-", "bytes=100-200", "bytes=-0", "bytes=99999999999999999999999-"] {
            assert_eq!(wanted(Some(header), 100), Nowhere, "{header}");
        }
        assert_eq!(wanted(Some("bytes=-5"), 0), Nowhere);
    }

    #[test]
    fn what_is_no_single_range_gets_the_whole() {
        for header in ["", "bytes=", "bytes=-", "bytes=5-4", "bytes=a-b", "bytes=0-1,5-6", "lines=0-1", "bytes=1-2-3", "bytes=+1-2"] {
            assert_eq!(wanted(Some(header), 100), Whole, "{header}");
        }
        assert_eq!(wanted(None, 100), Whole);
    }
}
