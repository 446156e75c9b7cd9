-- whether anybody bought a photograph, asked before it leaves its gallery
CREATE INDEX entitlements_by_photo ON entitlements (photo_id) WHERE revoked_at IS NULL;
