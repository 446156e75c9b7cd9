//! The owner's console: people, invitations, outgoing mail.
