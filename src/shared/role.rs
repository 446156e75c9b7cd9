super::text_enum! {
    /// What somebody is in this studio. Public sign-up only ever makes a client.
    Role {
        Owner = "owner",
        Photographer = "photographer",
        Crew = "crew",
        Client = "client",
    }
}

impl Role {
    pub fn title(self) -> &'static str {
        match self {
            Self::Owner => "Owner",
            Self::Photographer => "Photographer",
            Self::Crew => "Crew",
            Self::Client => "Client",
        }
    }

    /// One of the studio's own people.
    pub fn works_here(self) -> bool {
        !matches!(self, Self::Client)
    }

    /// Whether the studio's pages are this person's workplace. Crew has a role, but no galleries yet.
    pub fn runs_galleries(self) -> bool {
        matches!(self, Self::Owner | Self::Photographer)
    }
}
