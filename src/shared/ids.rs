//! Ids are UUIDv7: sortable by birth, unguessable enough to be an address, and never a permission.

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "ssr", derive(sqlx::Type))]
        #[cfg_attr(feature = "ssr", sqlx(transparent))]
        #[serde(transparent)]
        pub struct $name(pub uuid::Uuid);

        impl $name {
            #[cfg(feature = "ssr")]
            #[allow(clippy::new_without_default)]
            pub fn new() -> Self {
                Self(uuid::Uuid::now_v7())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = crate::shared::AppError;
            /// What is no id cannot exist: the answer is the same as for an id that doesn't.
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self).map_err(|_| crate::shared::AppError::NotFound)
            }
        }

        #[cfg(feature = "ssr")]
        impl From<$name> for crate::platform::db::Value {
            fn from(id: $name) -> Self {
                Self::Uuid(Some(id.0))
            }
        }

        #[cfg(feature = "ssr")]
        impl From<Option<$name>> for crate::platform::db::Value {
            fn from(id: Option<$name>) -> Self {
                Self::Uuid(id.map(|id| id.0))
            }
        }
    )+};
}

ids!(
    UserId,
    SessionId,
    FamilyId,
    TokenId,
    CodeId,
    ImageId,
    GalleryId,
    PhotoId,
    GrantId,
    BatchId,
    EntitlementId,
    PriceId,
    CartLineId,
    OrderId,
    OrderLineId,
    PaymentId,
    RefundId,
    MailId,
    MessageId,
    InvitationId,
    LinkId,
    HistoryId,
    DownloadId
);
