/// What the provider thinks of a payment that it took; empty where it says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Risk {
    /// Its own word: `normal`, `elevated`, `highest`, `not_assessed`.
    pub level: String,
    /// Its own word: `authorized`, `manual_review`.
    pub kind: String,
    pub review: Review,
}

/// Somebody looks at the payment in the provider's pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Review {
    #[default]
    None,
    Open,
    Approved,
    /// It ended in another way, such as with a refund.
    Refused,
}

impl Risk {
    /// Worth a person's look before anything is handed out.
    pub fn is_doubtful(&self) -> bool {
        match self.review {
            Review::Open | Review::Refused => true,
            Review::Approved => false,
            Review::None => matches!(self.level.as_str(), "elevated" | "highest") || self.kind == "manual_review",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_payment_is_doubtful_until_somebody_has_looked() {
        let risk = |level: &str, kind: &str, review| Risk { level: level.into(), kind: kind.into(), review };
        for doubtful in [
            risk("elevated", "authorized", Review::None),
            risk("highest", "", Review::None),
            risk("normal", "manual_review", Review::None),
            risk("normal", "authorized", Review::Open),
        ] {
            assert!(doubtful.is_doubtful(), "{doubtful:?}");
        }
        for fine in [Risk::default(), risk("normal", "authorized", Review::None), risk("elevated", "manual_review", Review::Approved)] {
            assert!(!fine.is_doubtful(), "{fine:?}");
        }
    }
}
