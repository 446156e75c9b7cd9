-- a letter's way: waiting, then sent, bounced or given up; letters to one address keep their order
ALTER TABLE mails ADD COLUMN recipient_key TEXT NOT NULL DEFAULT '';
ALTER TABLE mails ADD COLUMN state TEXT NOT NULL DEFAULT 'waiting';
ALTER TABLE mails ADD COLUMN due_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE mails ADD COLUMN give_up_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE mails ADD COLUMN tried_at BIGINT;
ALTER TABLE mails ADD COLUMN locked_until BIGINT;
UPDATE mails SET recipient_key = lower(recipient), due_at = created_at, give_up_at = created_at + 2592000000;
UPDATE mails SET state = 'sent' WHERE sent_at IS NOT NULL;
DELETE FROM jobs WHERE kind = 'send_mail';
CREATE INDEX mails_waiting ON mails (due_at, created_at, id) WHERE state = 'waiting';
CREATE INDEX mails_waiting_by_recipient ON mails (recipient_key, created_at, id) WHERE state = 'waiting';
