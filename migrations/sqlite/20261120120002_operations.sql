-- what all instances of one installation share, such as the code of the first run
CREATE TABLE installation (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

-- faults for the owner's page; without names, addresses and tokens, like the log
CREATE TABLE faults (
    id BLOB PRIMARY KEY,
    reference TEXT NOT NULL,
    place TEXT NOT NULL,
    cause TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX faults_by_time ON faults (at, id);
