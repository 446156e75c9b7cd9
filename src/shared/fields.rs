//! Small rules for typed text, the same in the browser and on the server.

/// Trims, and drops control characters (a line break stays): what people type is kept as they typed it otherwise.
pub fn tidy(text: &str) -> String {
    text.trim().chars().filter(|c| !c.is_control() || *c == '\n').collect()
}

/// Like [`tidy`], for names and titles: one line only, so that nothing can slip into a mail header or a file name.
pub fn one_line(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    tidy(&words)
}

/// The form under which addresses are compared: case never makes two people of one.
pub fn email_key(email: &str) -> String {
    email.trim().to_lowercase()
}

/// A plausible address: the proof is the mail that arrives there, so this only catches slips.
pub fn is_email(email: &str) -> bool {
    let email = email.trim();
    let Some((local, domain)) = email.rsplit_once('@') else { return false };
    let plain = email.chars().all(|c| !c.is_whitespace() && !c.is_control() && !"<>()[],;:\\\"".contains(c));
    plain
        && email.len() <= 254
        && !local.is_empty()
        && !local.contains('@')
        && domain.contains('.')
        && domain.split('.').all(|part| !part.is_empty() && !part.starts_with('-') && !part.ends_with('-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_needs_a_name_and_a_whole_domain() {
        for good in ["ada@example.com", "a.b+c@sub.example.co"] {
            assert!(is_email(good), "{good}");
        }
        for bad in ["", "ada", "ada@", "@example.com", "ada@localhost", "a b@example.com", "a@b@c.de", "a@.com", "x\r\nBcc: y@z.de"] {
            assert!(!is_email(bad), "{bad}");
        }
    }

    #[test]
    fn a_title_cannot_carry_a_line_break_into_a_mail_header() {
        assert_eq!(one_line(" Ada\r\nBcc: x@y.z "), "Ada Bcc: x@y.z");
    }
}
