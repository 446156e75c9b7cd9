-- an address that the studio shows on its contact page and below every page; empty: none
ALTER TABLE studio ADD COLUMN contact_email TEXT NOT NULL DEFAULT '';
