-- what the sandbox's bank remembers: one charge for each key, however often it is asked
CREATE TABLE sandbox_charges (
    key BLOB PRIMARY KEY,
    amount BIGINT NOT NULL,
    currency TEXT NOT NULL,
    refusal TEXT,
    asked BIGINT NOT NULL
);
