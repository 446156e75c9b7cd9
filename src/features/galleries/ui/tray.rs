//! What travels: the files of this page's uploads and how far each of them is.
use crate::{
    features::galleries::{UploadOutcome, UploadReport},
    shared::AppError,
};

#[derive(Clone, Debug, PartialEq)]
pub struct Parcel {
    pub key: u32,
    pub name: String,
    pub size: f64,
    pub state: Travel,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Travel {
    Waiting,
    /// Bytes that have left.
    Sending(f64),
    Arrived,
    AlreadyThere,
    /// `again`: sending it once more may help.
    Refused {
        reason: String,
        again: bool,
    },
}

impl Parcel {
    pub fn is_under_way(&self) -> bool {
        matches!(self.state, Travel::Waiting | Travel::Sending(_))
    }

    pub fn sent(&self) -> f64 {
        match self.state {
            Travel::Waiting => 0.0,
            Travel::Sending(bytes) => bytes.min(self.size),
            _ => self.size,
        }
    }

    /// Of a hundred.
    pub fn percent(&self) -> u32 {
        if self.size > 0.0 { (self.sent() / self.size * 100.0) as u32 } else { 0 }
    }

    pub fn can_go_again(&self) -> bool {
        matches!(self.state, Travel::Refused { again: true, .. })
    }
}

/// What the server's answer to one file means. Status 0: there was no answer.
pub fn verdict(status: u16, body: &str) -> Travel {
    let refused = |reason: String, again: bool| Travel::Refused { reason, again };
    if matches!(status, 200 | 207) {
        let report: UploadReport = serde_json::from_str(body).unwrap_or_default();
        return match report.files.into_iter().next() {
            Some(file) if file.outcome == UploadOutcome::Added => Travel::Arrived,
            Some(file) if file.outcome == UploadOutcome::AlreadyThere => Travel::AlreadyThere,
            Some(file) => refused(file.reason.unwrap_or_default(), false),
            None => refused("the answer could not be read".into(), true),
        };
    }
    match serde_json::from_str::<AppError>(body) {
        Ok(AppError::Invalid(problems)) => refused(problems.into_iter().next().map(|problem| problem.message).unwrap_or_default(), false),
        Ok(AppError::TooLarge(why)) => refused(why, false),
        Ok(AppError::SignInNeeded) => refused("you are signed out; sign in in another tab and try again".into(), true),
        Ok(AppError::NotFound) => refused("this gallery is gone".into(), false),
        Ok(error) => refused(error.to_string(), true),
        Err(_) if status == 413 => refused("the file is too large".into(), false),
        Err(_) => refused("the connection broke off".into(), true),
    }
}

/// Files that systems leave in folders and nobody means.
pub fn is_litter(name: &str) -> bool {
    name.starts_with('.') || ["thumbs.db", "desktop.ini"].contains(&name.to_lowercase().as_str())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_no_photograph_is_not_sent_again_and_a_broken_connection_is() {
        let refused = |status, error: AppError| verdict(status, &serde_json::to_string(&error).unwrap());
        let reason = "this is not a photograph".to_string();
        assert_eq!(refused(422, AppError::field("a.txt", reason.clone())), Travel::Refused { reason, again: false });
        assert!(matches!(refused(503, AppError::Unavailable), Travel::Refused { again: true, .. }));
        assert!(matches!(verdict(0, ""), Travel::Refused { again: true, .. }));
        assert!(matches!(verdict(413, "<html>"), Travel::Refused { again: false, .. }));
    }

    #[test]
    fn an_added_file_has_arrived() {
        let report = r#"{"files":[{"name":"a.jpg","outcome":"added","reason":null,"photo":null}]}"#;
        assert_eq!(verdict(200, report), Travel::Arrived);
        assert_eq!(verdict(200, &report.replace("added", "already_there")), Travel::AlreadyThere);
    }
}
