-- letters that did not arrive stand first on the owner's page, however many others there are
CREATE INDEX mails_failed ON mails (created_at, id) WHERE state IN ('bounced', 'given_up');
