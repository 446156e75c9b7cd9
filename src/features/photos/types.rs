use serde::{Deserialize, Serialize};

crate::shared::text_enum! {
    /// How far a photograph is. Only a ready one has pictures to show.
    PhotoStatus {
        Received = "received",
        Ready = "ready",
        Failed = "failed",
    }
}

impl PhotoStatus {
    pub fn title(self) -> &'static str {
        match self {
            Self::Received => "In preparation",
            Self::Ready => "Ready",
            Self::Failed => "Failed",
        }
    }
}

/// How many photographs of a gallery are how far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    pub preparing: i64,
    pub ready: i64,
    pub failed: i64,
}

impl Tally {
    pub fn all(self) -> i64 {
        self.preparing + self.ready + self.failed
    }
}

/// What stands where a photograph will be: its colours in eight pixels, blurred by the browser.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placeholder(pub String);

impl Placeholder {
    /// For the style attribute of the frame that has the photograph's proportions.
    pub fn style(&self) -> String {
        match self.0.as_str() {
            "" => String::new(),
            css => format!("background:{css} center/cover no-repeat;"),
        }
    }
}

/// One line of what the camera wrote: "Lens", "EF 85 mm f/1.2".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhotoFact {
    pub name: String,
    pub value: String,
}
