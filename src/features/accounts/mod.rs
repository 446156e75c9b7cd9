//! People: signing up and in, sessions, passwords, profiles, invitations.
