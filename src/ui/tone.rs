/// How much a button asks for attention. A screen has one primary action.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    Primary,
    #[default]
    Quiet,
    /// No border: for rows of small actions.
    Ghost,
    Danger,
}

impl Tone {
    pub fn class(self) -> &'static str {
        match self {
            Self::Primary => "pv-btn pv-btn-primary",
            Self::Quiet => "pv-btn",
            Self::Ghost => "pv-btn pv-btn-ghost",
            Self::Danger => "pv-btn pv-btn-danger",
        }
    }
}

/// What a message or a state means. Never told by colour alone: a word or an icon stands beside it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mood {
    #[default]
    Neutral,
    Good,
    Warning,
    Error,
}

impl Mood {
    pub fn word(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Good => "good",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}
