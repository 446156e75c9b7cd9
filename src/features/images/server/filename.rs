//! The part of an image's address that people read. Nothing is found by it: the id before it is what counts.

const LONGEST: usize = 80;

/// Letters, digits and `._-` of the last part of the name that it was uploaded under.
pub fn for_address(name: &str) -> String {
    let base = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = base.chars().map(|c| if c.is_ascii_alphanumeric() || "._-".contains(c) { c } else { '_' }).collect();
    let kept = kept.trim_matches(['.', '_']);
    let tail = kept.char_indices().rev().nth(LONGEST - 1).map_or(0, |(at, _)| at);
    match &kept[tail..] {
        "" => "image".into(),
        kept => kept.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::for_address;

    #[test]
    fn an_address_has_nothing_to_escape() {
        for (given, kept) in [
            ("image.jpg", "image.jpg"),
            ("My Holiday (1).JPG", "My_Holiday__1_.JPG"),
            ("../../etc/passwd", "passwd"),
            ("ü.png", "png"),
            ("", "image"),
            ("..", "image"),
            ("a\r\nb\".gif", "a__b_.gif"),
        ] {
            assert_eq!(for_address(given), kept, "{given:?}");
        }
        let long = for_address(&format!("{}.jpeg", "a".repeat(300)));
        assert!(long.len() == 80 && long.ends_with("a.jpeg"));
    }
}
