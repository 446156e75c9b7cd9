//! The last look at each line of the log: what is an address, a token or a password does not get out, whoever wrote it.
use std::borrow::Cow;

/// From this length on a word without a meaning is taken for a secret; ids with their four dashes are known by shape.
const SECRET: usize = 32;
const KEY_PREFIXES: [&str; 8] = ["sk_live_", "sk_test_", "rk_live_", "rk_test_", "whsec_", "pvt_", "ghp_", "AKIA"];
const NAMED: [&str; 7] = ["password", "passwd", "secret", "token", "authorization", "cookie", "api_key"];

/// The line without addresses, tokens, keys, and the passwords inside of URLs.
pub fn scrub(line: &str) -> Cow<'_, str> {
    if !might_hold_something(line) {
        return Cow::Borrowed(line);
    }
    let mut clean = String::with_capacity(line.len());
    let mut rest = line;
    let mut hides_next = false;
    while !rest.is_empty() {
        let end = rest.find(|c| !is_of_word(c)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        if !word.is_empty() {
            let hides = hides_next && !word.eq_ignore_ascii_case("bearer");
            clean.push_str(if hides { "‹secret›" } else { judged(word, &clean) });
            // `Cookie: name=value` hides both
            hides_next = (hides && after.starts_with('='))
                || NAMED.iter().any(|name| word.to_ascii_lowercase().ends_with(name))
                || word.eq_ignore_ascii_case("bearer");
        }
        let between = after.find(is_of_word).unwrap_or(after.len());
        // a name hides what follows `=` or `:`; a full stop or a comma ends it
        hides_next &= after[..between].chars().all(|c| "=:\" ".contains(c)) && after[..between].contains(['=', ':', ' ']);
        hides_next &= !word_is_prose(&after[..between], word);
        clean.push_str(&after[..between]);
        rest = &after[between..];
    }
    Cow::Owned(clean)
}

/// `a password is wrong` speaks of one; `password=x` and `Bearer x` hold one.
fn word_is_prose(between: &str, word: &str) -> bool {
    !between.contains(['=', ':']) && !word.eq_ignore_ascii_case("bearer")
}

fn might_hold_something(line: &str) -> bool {
    let mut run = 0;
    line.contains('@')
        || KEY_PREFIXES.iter().any(|prefix| line.contains(prefix))
        || {
            let lower = line.to_ascii_lowercase();
            NAMED.iter().any(|name| lower.contains(name)) || lower.contains("bearer")
        }
        || line.chars().any(|c| {
            run = if is_of_word(c) { run + 1 } else { 0 };
            run >= SECRET
        })
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || "_-+.@%~".contains(c)
}

fn judged<'a>(word: &'a str, before: &str) -> &'a str {
    let bare = word.trim_matches(['.', '-', '+', '%', '~']);
    if let Some((name, host)) = bare.split_once('@') {
        // postgres://somebody:word@host: the part before the @ is a password
        let in_url = before.rfind("://").is_some_and(|at| !before[at + 3..].contains(['/', ' ']));
        return match (name.is_empty(), host.is_empty()) {
            (true, _) | (_, true) if !in_url => word,
            _ if in_url => "‹secret›",
            _ => "‹address›",
        };
    }
    let is_key = KEY_PREFIXES.iter().any(|prefix| bare.starts_with(prefix) && bare.len() > prefix.len() + 4);
    let is_long = bare.len() >= SECRET && bare.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-') && !is_id(bare);
    if is_key || (is_long && bare.chars().any(|c| c.is_ascii_digit())) { "‹secret›" } else { word }
}

fn is_id(word: &str) -> bool {
    word.len() == 36 && word.bytes().enumerate().all(|(n, b)| if [8, 13, 18, 23].contains(&n) { b == b'-' } else { b.is_ascii_hexdigit() })
}

#[cfg(test)]
mod tests {
    use super::scrub;

    #[test]
    fn addresses_tokens_and_passwords_do_not_get_out() {
        for (line, hidden) in [
            ("550 <ada.lovelace+x@example.com> unknown", "lovelace"),
            ("Key (email_key)=(ada@example.com) already exists", "ada@"),
            ("error connecting to postgres://pv:hush-hush@db.example/pv", "hush"),
            ("GET /reset/Zk3vX9mQ2vL8pR4wZ7nB5yT1cF6hJ3dS0gAqWeRtYui", "Zk3vX9"),
            ("Cookie: pv_session=short", "short"),
            ("Authorization: Bearer abc.def", "abc.def"),
            ("stripe said no to sk_test_51Habcdef", "51Habc"),
            ("secret whsec_abcdefgh", "abcdefgh"),
            ("{\"password\":\"hunter2\"}", "hunter2"),
            ("EMAIL_HOST_PASSWORD=hush", "hush"),
            ("key 3f1c0a9e5b7d2c4f6a8e0b1d3c5f7a9b3f1c0a9e5b7d2c4f6a8e0b1d3c5f7a9b", "3f1c0a"),
        ] {
            let clean = scrub(line);
            assert!(!clean.contains(hidden), "{clean}");
        }
    }

    #[test]
    fn what_is_needed_to_find_a_fault_stays() {
        for line in [
            "internal error reference=\"BCDFGHJK\" place=\"mail\"",
            "photo 01935d6e-7d3b-7c53-9b1a-2f6d0c9f4a11 could not be prepared: not a picture",
            "a password was wrong too often",
            "POST /_fn/upload_photos 200 in 14 ms",
            "the mail server does not answer: Connection refused (os error 111)",
        ] {
            assert_eq!(scrub(line), line);
        }
    }
}
