//! The tables of a store: the first ones, and what each later layout changed.

/// `{counted}`, `{clustered}`, `{full_text}` and `{merging}` are what the
/// [`Dialect`](crate::sql::Dialect) makes of them.
///
/// `incident_keys` and `bands` are written some thirty times a report at places all over those of its quarter of the year,
/// so their rows are kept small: keys are the quarter and a hash, and `version_order` stands for a version's id in the
/// order of versions of one time.
///
/// Append-only: `versions` (archive and reading), `decisions`, `rejected`. Everything else is derived from them by
/// linking and can be made anew.
pub const FIRST: &str = "
CREATE TABLE versions (
    number {counted},
    id TEXT NOT NULL UNIQUE,
    identity TEXT NOT NULL,
    url TEXT,
    source TEXT,
    outlet TEXT,
    title TEXT,
    time_us BIGINT NOT NULL,
    day TEXT NOT NULL,
    basis TEXT NOT NULL,
    recorded_us BIGINT NOT NULL,
    language TEXT,
    published_us BIGINT,
    text_hash TEXT NOT NULL,
    text BYTEA NOT NULL,
    wording BYTEA NOT NULL,
    facts BYTEA NOT NULL,
    reader TEXT NOT NULL,
    linked BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX versions_by_time ON versions (time_us, id);
CREATE INDEX versions_by_outlet ON versions (outlet, time_us, id);
CREATE INDEX versions_by_identity ON versions (identity, time_us);
CREATE INDEX versions_waiting ON versions (time_us, id) WHERE linked = 0;

CREATE TABLE tellings (
    version TEXT NOT NULL REFERENCES versions (id),
    fact BIGINT NOT NULL,
    incident TEXT NOT NULL,
    time_us BIGINT NOT NULL,
    country TEXT,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    is_long BIGINT NOT NULL,
    type TEXT NOT NULL,
    stage TEXT NOT NULL,
    lat DOUBLE PRECISION,
    lon DOUBLE PRECISION,
    reasons TEXT,
    PRIMARY KEY (version, fact)
);
CREATE INDEX tellings_by_incident ON tellings (incident, time_us, version);
CREATE INDEX tellings_by_time ON tellings (time_us, version);
CREATE INDEX tellings_by_country ON tellings (country, last_day, first_day, time_us, incident);
CREATE INDEX tellings_by_day ON tellings (is_long, first_day, last_day, time_us, incident);
CREATE INDEX tellings_by_last_day ON tellings (last_day, time_us, incident);
CREATE INDEX tellings_by_point ON tellings (lat, lon, time_us, incident);

CREATE TABLE acts (
    name TEXT NOT NULL,
    stance TEXT NOT NULL,
    version TEXT NOT NULL REFERENCES versions (id),
    fact BIGINT NOT NULL,
    incident TEXT NOT NULL,
    time_us BIGINT NOT NULL,
    PRIMARY KEY (name, stance, version, fact)
);
CREATE INDEX acts_by_stance ON acts (stance, time_us, incident);
CREATE INDEX acts_by_time ON acts (time_us, version);

CREATE TABLE incident_keys (
    lookup BIGINT NOT NULL,
    time_us BIGINT NOT NULL,
    version_order BIGINT NOT NULL,
    fact BIGINT NOT NULL,
    incident TEXT NOT NULL,
    PRIMARY KEY (lookup, time_us, version_order, fact)
) {clustered};

CREATE INDEX incident_keys_by_time ON incident_keys (time_us, version_order);

CREATE TABLE bands (
    band BIGINT NOT NULL,
    time_us BIGINT NOT NULL,
    version_order BIGINT NOT NULL,
    number BIGINT NOT NULL,
    PRIMARY KEY (band, time_us, version_order)
) {clustered};
CREATE INDEX bands_by_time ON bands (time_us, version_order);

CREATE TABLE repeats (
    version TEXT NOT NULL REFERENCES versions (id),
    repeats TEXT NOT NULL REFERENCES versions (id),
    time_us BIGINT NOT NULL,
    dependence TEXT NOT NULL,
    likeness DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (version, repeats)
);
CREATE INDEX repeats_by_repeated ON repeats (repeats);
CREATE INDEX repeats_by_time ON repeats (time_us, version);

CREATE TABLE notices (
    version TEXT PRIMARY KEY REFERENCES versions (id),
    time_us BIGINT NOT NULL,
    warnings BIGINT NOT NULL,
    threats BIGINT NOT NULL
);
CREATE INDEX notices_by_time ON notices (time_us, version);

CREATE TABLE warned (
    version TEXT NOT NULL REFERENCES versions (id),
    number BIGINT NOT NULL,
    time_us BIGINT NOT NULL,
    country TEXT,
    lat DOUBLE PRECISION,
    lon DOUBLE PRECISION,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    PRIMARY KEY (version, number)
);
CREATE INDEX warned_by_day ON warned (last_day, first_day);
CREATE INDEX warned_by_time ON warned (time_us, version);

{full_text};

CREATE TABLE rejected (
    input TEXT NOT NULL,
    place TEXT NOT NULL,
    reason TEXT NOT NULL,
    recorded_us BIGINT NOT NULL,
    PRIMARY KEY (input, place)
);
";

/// What a service needs: whether anything was written since it last looked, who may ask, and who wrote what.
pub const SERVICE: &str = "
CREATE TABLE generation (number BIGINT NOT NULL);
INSERT INTO generation (number) VALUES (0);

CREATE TABLE tokens (
    name TEXT PRIMARY KEY,
    role TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE,
    created_us BIGINT NOT NULL,
    revoked_us BIGINT
);

CREATE TABLE calls (
    number BIGINT PRIMARY KEY,
    recorded_us BIGINT NOT NULL,
    author TEXT NOT NULL,
    role TEXT NOT NULL,
    method TEXT NOT NULL,
    path TEXT NOT NULL,
    status BIGINT NOT NULL
);

CREATE TABLE searches (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    query TEXT NOT NULL,
    author TEXT NOT NULL,
    recorded_us BIGINT NOT NULL
);

CREATE INDEX versions_by_recording ON versions (recorded_us);
";

/// What people decided: appended, never changed. `content` is JSON whose form depends on `kind`.
pub const DECISIONS: &str = "
CREATE TABLE decisions (
    number BIGINT PRIMARY KEY,
    kind TEXT NOT NULL,
    author TEXT NOT NULL,
    recorded_us BIGINT NOT NULL,
    reason TEXT NOT NULL,
    content TEXT NOT NULL
);
";

/// That something was forgotten. `hashes` are keyed with `salt`, and there is nothing else by which to tell what it was.
pub const TOMBSTONES: &str = "
CREATE TABLE tombstones (
    number BIGINT PRIMARY KEY,
    kind TEXT NOT NULL,
    author TEXT NOT NULL,
    recorded_us BIGINT NOT NULL,
    reason TEXT NOT NULL,
    versions BIGINT NOT NULL,
    salt TEXT NOT NULL,
    hashes TEXT NOT NULL,
    words BIGINT NOT NULL
);
";

/// Which incidents turned out to be one. Derived by linking, as `tellings` are.
pub const JOINS: &str = "
CREATE TABLE joins (
    gone TEXT PRIMARY KEY,
    stays TEXT NOT NULL,
    version TEXT NOT NULL REFERENCES versions (id),
    number BIGINT NOT NULL,
    time_us BIGINT NOT NULL,
    reasons TEXT
);
CREATE INDEX joins_by_incident ON joins (stays);
CREATE INDEX joins_by_time ON joins (time_us, version);
";

/// From which version on everything derived was made anew, by the generation that this led to.
pub const CHANGES: &str = "
CREATE TABLE changes (
    generation BIGINT NOT NULL,
    time_us BIGINT NOT NULL,
    version TEXT NOT NULL
);
CREATE INDEX changes_by_generation ON changes (generation);
";

/// Tellings say more of their day and place. (That all is linked anew for it was the second half of this step once, and is
/// the next one now: a store that has the first half has the second.)
pub const WIDER_TELLINGS: &str = "
ALTER TABLE tellings ADD COLUMN statement BIGINT NOT NULL DEFAULT 0;
ALTER TABLE tellings ADD COLUMN fineness BIGINT NOT NULL DEFAULT 0;
";

/// Incidents are compared by other rules than before, and incidents and wordings are looked up under other keys: everything
/// is linked anew. Most of what a filtered record asks of tellings and repeats stands in their indexes now, so that fewer rows
/// need be looked for.
pub const LINKED_ANEW: &str = "
DROP TABLE tellings;
CREATE TABLE tellings (
    version TEXT NOT NULL REFERENCES versions (id),
    fact BIGINT NOT NULL,
    incident TEXT NOT NULL,
    time_us BIGINT NOT NULL,
    country TEXT,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    is_long BIGINT NOT NULL,
    type TEXT NOT NULL,
    stage TEXT NOT NULL,
    lat DOUBLE PRECISION,
    lon DOUBLE PRECISION,
    statement BIGINT NOT NULL,
    fineness BIGINT NOT NULL,
    reasons TEXT,
    PRIMARY KEY (version, fact, time_us, incident)
);
CREATE INDEX tellings_by_incident ON tellings (incident, time_us, version, country);
CREATE INDEX tellings_by_time ON tellings (time_us, version);
CREATE INDEX tellings_by_country ON tellings (country, last_day, first_day, time_us, incident);
CREATE INDEX tellings_by_day ON tellings (is_long, first_day, last_day, time_us, incident);
CREATE INDEX tellings_by_last_day ON tellings (last_day, time_us, incident);
CREATE INDEX tellings_by_point ON tellings (lat, lon, time_us, incident);

DROP TABLE repeats;
CREATE TABLE repeats (
    version TEXT NOT NULL REFERENCES versions (id),
    repeats TEXT NOT NULL REFERENCES versions (id),
    time_us BIGINT NOT NULL,
    dependence TEXT NOT NULL,
    likeness DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (version, repeats)
) {clustered};
CREATE INDEX repeats_by_repeated ON repeats (repeats, time_us, version, dependence, likeness);
CREATE INDEX repeats_by_time ON repeats (time_us, version);

DELETE FROM joins;
DELETE FROM acts;
DELETE FROM incident_keys;
DELETE FROM bands;
DELETE FROM notices;
DELETE FROM warned;
UPDATE versions SET linked = 0;
UPDATE generation SET number = number + 1;
";

/// Which versions wait to be linked stands apart from them: linking one need not write its whole row again. Acts lie by
/// name and time, so that what is linked together is written together.
pub const WAITING_APART: &str = "
CREATE TABLE waiting (
    time_us BIGINT NOT NULL,
    version TEXT NOT NULL,
    number BIGINT NOT NULL,
    PRIMARY KEY (time_us, version)
) {clustered};
INSERT INTO waiting (time_us, version, number) SELECT time_us, id, number FROM versions WHERE linked = 0;
DROP INDEX versions_waiting;
ALTER TABLE versions DROP COLUMN linked;

ALTER TABLE acts RENAME TO acts_before;
DROP INDEX acts_by_stance;
DROP INDEX acts_by_time;
CREATE TABLE acts (
    name TEXT NOT NULL,
    stance TEXT NOT NULL,
    time_us BIGINT NOT NULL,
    version TEXT NOT NULL REFERENCES versions (id),
    fact BIGINT NOT NULL,
    incident TEXT NOT NULL,
    PRIMARY KEY (name, stance, time_us, version, fact)
) {clustered};
INSERT INTO acts (name, stance, time_us, version, fact, incident)
    SELECT name, stance, time_us, version, fact, incident FROM acts_before;
DROP TABLE acts_before;
CREATE INDEX acts_by_stance ON acts (stance, time_us, incident);
CREATE INDEX acts_by_time ON acts (time_us, version);
";

/// Tellings and repeats lie by the number of their version, which grows with time, so that those of one time lie together; by
/// its id they lay all over. Acts take half the room. The parts of the word index are merged less often.
pub const NUMBERED: &str = "
ALTER TABLE tellings RENAME TO tellings_before;
DROP INDEX tellings_by_incident;
DROP INDEX tellings_by_time;
DROP INDEX tellings_by_country;
DROP INDEX tellings_by_day;
DROP INDEX tellings_by_last_day;
DROP INDEX tellings_by_point;
CREATE TABLE tellings (
    number BIGINT NOT NULL REFERENCES versions (number),
    fact BIGINT NOT NULL,
    incident TEXT NOT NULL,
    version TEXT NOT NULL,
    time_us BIGINT NOT NULL,
    country TEXT,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    is_long BIGINT NOT NULL,
    type TEXT NOT NULL,
    stage TEXT NOT NULL,
    lat DOUBLE PRECISION,
    lon DOUBLE PRECISION,
    statement BIGINT NOT NULL,
    fineness BIGINT NOT NULL,
    reasons TEXT,
    PRIMARY KEY (number, fact)
);
INSERT INTO tellings
    SELECT v.number, t.fact, t.incident, t.version, t.time_us, t.country, t.first_day, t.last_day, t.is_long, t.type, t.stage,
        t.lat, t.lon, t.statement, t.fineness, t.reasons
    FROM tellings_before t JOIN versions v ON v.id = t.version;
DROP TABLE tellings_before;
CREATE INDEX tellings_by_incident ON tellings (incident, time_us, version, country);
CREATE INDEX tellings_by_time ON tellings (time_us, version);
CREATE INDEX tellings_by_country ON tellings (country, last_day, first_day, time_us, incident);
CREATE INDEX tellings_by_day ON tellings (is_long, first_day, last_day, time_us, incident);
CREATE INDEX tellings_by_last_day ON tellings (last_day, time_us, incident);
CREATE INDEX tellings_by_point ON tellings (lat, lon, time_us, incident);

ALTER TABLE repeats RENAME TO repeats_before;
DROP INDEX repeats_by_repeated;
DROP INDEX repeats_by_time;
CREATE TABLE repeats (
    number BIGINT NOT NULL REFERENCES versions (number),
    repeated BIGINT NOT NULL REFERENCES versions (number),
    version TEXT NOT NULL,
    repeats TEXT NOT NULL,
    time_us BIGINT NOT NULL,
    dependence TEXT NOT NULL,
    likeness DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (number, repeated)
) {clustered};
INSERT INTO repeats
    SELECT v.number, w.number, r.version, r.repeats, r.time_us, r.dependence, r.likeness
    FROM repeats_before r JOIN versions v ON v.id = r.version JOIN versions w ON w.id = r.repeats;
DROP TABLE repeats_before;
CREATE INDEX repeats_by_repeated ON repeats (repeated);
CREATE INDEX repeats_by_time ON repeats (time_us, version);

ALTER TABLE acts RENAME TO acts_before;
DROP INDEX acts_by_stance;
DROP INDEX acts_by_time;
CREATE TABLE acts (
    name TEXT NOT NULL,
    stance TEXT NOT NULL,
    time_us BIGINT NOT NULL,
    number BIGINT NOT NULL REFERENCES versions (number),
    fact BIGINT NOT NULL,
    incident TEXT NOT NULL,
    PRIMARY KEY (name, stance, time_us, number, fact)
) {clustered};
INSERT INTO acts
    SELECT a.name, a.stance, a.time_us, v.number, a.fact, a.incident FROM acts_before a JOIN versions v ON v.id = a.version;
DROP TABLE acts_before;
CREATE INDEX acts_by_stance ON acts (stance, time_us, incident);
CREATE INDEX acts_by_number ON acts (number);

{merging}
";

/// The parts of the word index are merged more seldom than before.
pub const MERGED_SELDOM: &str = "{merging}";
