super::text_enum! {
    /// What a program may do in a person's name. A program never may more than the person.
    Scope {
        ReadImages = "images:read",
        WriteImages = "images:write",
        ReadPhotos = "photos:read",
        WritePhotos = "photos:write",
        ReadOrders = "orders:read",
        WriteOrders = "orders:write",
        Profile = "profile",
        /// Signing out, the password: only who signed in with it, never a token that was made for a program.
        Account = "account",
    }
}

impl Scope {
    pub fn title(self) -> &'static str {
        match self {
            Self::ReadImages => "See the images that were uploaded by programs",
            Self::WriteImages => "Upload and delete such images",
            Self::ReadPhotos => "See photographs and galleries",
            Self::WritePhotos => "Upload photographs and assign them",
            Self::ReadOrders => "See orders and payments",
            Self::WriteOrders => "Place, pay and change orders",
            Self::Profile => "See and change the name in the profile",
            Self::Account => "Sign out and change the password",
        }
    }

    /// What can be given to a program's token.
    pub fn for_programs() -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(|scope| *scope != Self::Account)
    }
}
