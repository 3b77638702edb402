//! The tables, as a list of migrations; `user_version` counts those applied.
//!
//! A migration that has been released is never edited: a new one is appended.
//! Times are milliseconds since 1970 UTC.

/// A step from one version of the tables to the next.
pub(super) struct Migration {
    pub sql: &'static str,
    pub kind: Kind,
}

/// What a migration does to what is there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// It only adds tables, columns and indexes, and fills what it added.
    Additive,
    /// It drops or changes what is there: the database is copied first.
    Rewrites,
}

const fn additive(sql: &'static str) -> Migration {
    Migration { sql, kind: Kind::Additive }
}

const fn rewrites(sql: &'static str) -> Migration {
    Migration { sql, kind: Kind::Rewrites }
}

/// Every migration, oldest first.
pub(super) const MIGRATIONS: &[Migration] = &[
    additive(FIRST),
    additive(SERVICES),
    rewrites(WRITING),
    additive(PLANS),
    additive(BY_HAND),
    additive(PAUSES),
    additive(WATCHED),
    additive(DEPARTED),
    additive(TEXTS),
    additive(VERSIONS),
    additive(SPARES),
    additive(UNHEARD),
];

const FIRST: &str = "
CREATE TABLE accounts (
    id             TEXT PRIMARY KEY,
    position       INTEGER NOT NULL,
    kind           TEXT NOT NULL,
    base_url       TEXT NOT NULL,
    label          TEXT NOT NULL,
    key_kept       TEXT NOT NULL CHECK (key_kept IN ('keychain', 'session')),
    health         TEXT NOT NULL,
    health_message TEXT,
    swept_at       INTEGER
) STRICT;

CREATE TABLE channels (
    id       TEXT PRIMARY KEY,
    account  TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    remote   TEXT NOT NULL,
    position INTEGER NOT NULL,
    network  TEXT NOT NULL,
    name     TEXT NOT NULL,
    handle   TEXT,
    problem  TEXT,
    UNIQUE (account, remote)
) STRICT;

-- status and time are what the service last confirmed. The former ones are what it said before our
-- last write: a list that still shows them shortly after is a stale list.
CREATE TABLE posts (
    id            TEXT PRIMARY KEY,
    account       TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    remote        TEXT NOT NULL,
    text          TEXT NOT NULL,
    status        TEXT NOT NULL,
    time          INTEGER,
    remembered    INTEGER,
    media_count   INTEGER NOT NULL,
    written_seq   INTEGER NOT NULL DEFAULT 0,
    written_at    INTEGER,
    former_status TEXT,
    former_time   INTEGER,
    UNIQUE (account, remote)
) STRICT;
CREATE INDEX posts_by_time ON posts (time);
CREATE INDEX posts_by_remembered ON posts (remembered) WHERE remembered IS NOT NULL;
CREATE INDEX posts_by_status ON posts (status, time);

CREATE TABLE targets (
    post    TEXT NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    channel TEXT NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
    status  TEXT NOT NULL,
    time    INTEGER,
    link    TEXT,
    error   TEXT,
    PRIMARY KEY (post, channel)
) STRICT, WITHOUT ROWID;

-- desired is the versioned JSON of the end state; desired_time repeats its time for range queries.
CREATE TABLE changes (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    post            TEXT NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    account         TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    desired         TEXT NOT NULL,
    desired_time    INTEGER,
    base_status     TEXT NOT NULL,
    base_time       INTEGER,
    state           TEXT NOT NULL CHECK (state IN
                        ('waiting', 'sending', 'unknown', 'done', 'failed', 'conflict', 'withdrawn')),
    problem         TEXT,
    theirs_status   TEXT,
    theirs_time     INTEGER,
    attempts        INTEGER NOT NULL DEFAULT 0,
    not_before      INTEGER,
    cut_at          INTEGER,
    not_found_reads INTEGER NOT NULL DEFAULT 0,
    made_at         INTEGER NOT NULL,
    closed_at       INTEGER,
    message         TEXT,
    seen            INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX one_waiting ON changes (post) WHERE state = 'waiting';
CREATE UNIQUE INDEX one_in_flight ON changes (post) WHERE state IN ('sending', 'unknown');
CREATE UNIQUE INDEX one_question ON changes (post) WHERE state IN ('failed', 'conflict') AND seen = 0;
CREATE INDEX open_by_account ON changes (account, state) WHERE state IN ('waiting', 'sending', 'unknown');
CREATE INDEX open_by_time ON changes (desired_time) WHERE state IN ('waiting', 'sending', 'unknown');
CREATE INDEX changes_by_post ON changes (post, id);

CREATE TABLE reminded (
    post TEXT NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    time INTEGER NOT NULL,
    PRIMARY KEY (post, time)
) STRICT, WITHOUT ROWID;

CREATE TABLE write_sequence (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    value    INTEGER NOT NULL
) STRICT;
INSERT INTO write_sequence VALUES (1, 0);
";

const SERVICES: &str = "
ALTER TABLE accounts ADD COLUMN workspace TEXT;
ALTER TABLE accounts ADD COLUMN workspace_name TEXT;
ALTER TABLE accounts ADD COLUMN managed_user TEXT;
ALTER TABLE changes ADD COLUMN idempotency_key TEXT NOT NULL DEFAULT '';
UPDATE changes SET idempotency_key = lower(hex(randomblob(16)));
";

// at_service is 0 while no service knows the post; its remote is our own id then.
const WRITING: &str = "
ALTER TABLE posts ADD COLUMN at_service INTEGER NOT NULL DEFAULT 1;
ALTER TABLE posts ADD COLUMN former_text TEXT;
ALTER TABLE posts ADD COLUMN media TEXT NOT NULL DEFAULT '[]';
ALTER TABLE posts DROP COLUMN media_count;
ALTER TABLE changes ADD COLUMN base_text TEXT;
ALTER TABLE accounts ADD COLUMN colour TEXT;
ALTER TABLE channels ADD COLUMN hidden INTEGER NOT NULL DEFAULT 0;
CREATE INDEX posts_not_at_service ON posts (account) WHERE at_service = 0;
";

// horizon is the latest time that the plan allowed at horizon_at; plan_limit is versioned JSON.
const PLANS: &str = "
ALTER TABLE accounts ADD COLUMN plan_limit TEXT;
ALTER TABLE accounts ADD COLUMN plan_limit_at INTEGER;
ALTER TABLE accounts ADD COLUMN horizon INTEGER;
ALTER TABLE accounts ADD COLUMN horizon_at INTEGER;
";

// What This computer keeps as a service: its own side of each post, beside what the app read of it.
// made_with is the idempotency key of the creation, and changed counts up with each change.
const BY_HAND: &str = "
CREATE TABLE by_hand_channels (
    id       TEXT PRIMARY KEY,
    position INTEGER NOT NULL,
    network  TEXT NOT NULL,
    name     TEXT NOT NULL,
    handle   TEXT
) STRICT;

CREATE TABLE by_hand_posts (
    id        TEXT PRIMARY KEY,
    made_with TEXT NOT NULL UNIQUE,
    channel   TEXT NOT NULL REFERENCES by_hand_channels (id) ON DELETE CASCADE,
    text      TEXT NOT NULL,
    status    TEXT NOT NULL,
    time      INTEGER,
    changed   INTEGER NOT NULL
) STRICT;
CREATE INDEX by_hand_posts_by_time ON by_hand_posts (time);
CREATE INDEX by_hand_posts_by_change ON by_hand_posts (changed);
CREATE INDEX by_hand_posts_by_channel ON by_hand_posts (channel);

CREATE TABLE handed_over (
    post TEXT NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    time INTEGER NOT NULL,
    PRIMARY KEY (post, time)
) STRICT, WITHOUT ROWID;
";

// The journal of Pause all: which accounts are paused as a whole, and when each of their posts was to
// go out. What became of a post is never kept here: it follows from the post itself.
const PAUSES: &str = "
CREATE TABLE paused_accounts (
    account   TEXT PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    paused_at INTEGER NOT NULL,
    phase     TEXT NOT NULL CHECK (phase IN ('pausing', 'looking', 'paused'))
) STRICT;

CREATE TABLE paused_posts (
    post      TEXT PRIMARY KEY REFERENCES posts (id) ON DELETE CASCADE,
    account   TEXT NOT NULL REFERENCES paused_accounts (account) ON DELETE CASCADE,
    time      INTEGER NOT NULL,
    paused_at INTEGER NOT NULL,
    resumed   INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX paused_posts_by_account ON paused_posts (account, time);
";

// What the watchdog has said of a post, for a time: each once.
const WATCHED: &str = "
CREATE TABLE warned (
    post TEXT NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    time INTEGER NOT NULL,
    what TEXT NOT NULL CHECK (what IN ('overdue', 'failed')),
    PRIMARY KEY (post, time, what)
) STRICT, WITHOUT ROWID;
";

// The changes of posts that are gone, kept by a trigger so that no way of removing a post forgets it.
// An account takes them with it: its posts go after it, and leave nothing.
const DEPARTED: &str = "
CREATE TABLE departed_changes (
    id            INTEGER PRIMARY KEY,
    post          TEXT NOT NULL,
    account       TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    text          TEXT NOT NULL,
    desired       TEXT NOT NULL,
    state         TEXT NOT NULL,
    problem       TEXT,
    theirs_status TEXT,
    theirs_time   INTEGER,
    attempts      INTEGER NOT NULL,
    made_at       INTEGER NOT NULL,
    closed_at     INTEGER,
    message       TEXT
) STRICT;
CREATE INDEX departed_by_account ON departed_changes (account, id);

CREATE TRIGGER keep_departed BEFORE DELETE ON posts
WHEN EXISTS (SELECT 1 FROM accounts WHERE id = OLD.account)
BEGIN
    INSERT OR IGNORE INTO departed_changes
        SELECT id, post, account, substr(OLD.text, 1, 200), desired,
               CASE WHEN state IN ('waiting', 'sending', 'unknown') THEN 'withdrawn' ELSE state END,
               problem, theirs_status, theirs_time, attempts, made_at, closed_at, message
        FROM changes WHERE post = OLD.id;
END;
CREATE INDEX changes_by_account ON changes (account, id);
";

// What was typed and not saved, by the form it was typed into; and the texts that a post had, or was
// to have. The first of them has no time: nobody knows since when.
const TEXTS: &str = "
CREATE TABLE unsaved (
    form     TEXT NOT NULL CHECK (form IN ('new', 'like', 'edit')),
    post     TEXT NOT NULL,
    text     TEXT NOT NULL,
    base     TEXT NOT NULL,
    account  TEXT,
    channels TEXT NOT NULL,
    date     TEXT,
    time     TEXT,
    kept_at  INTEGER NOT NULL,
    PRIMARY KEY (form, post)
) STRICT, WITHOUT ROWID;

CREATE TABLE texts (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    post   TEXT NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    text   TEXT NOT NULL,
    source TEXT NOT NULL CHECK (source IN ('here', 'service')),
    at     INTEGER
) STRICT;
CREATE INDEX texts_by_post ON texts (post, id);

CREATE TRIGGER leave_unsaved AFTER DELETE ON posts
BEGIN
    UPDATE OR IGNORE unsaved SET form = 'new', post = '' WHERE form = 'like' AND post = OLD.id;
    DELETE FROM unsaved WHERE post = OLD.id;
END;
";

// changed_at is when the service says that a post was last changed there; accepted_at, when it said yes
// to a change without saying what it made of it.
const VERSIONS: &str = "
ALTER TABLE posts ADD COLUMN changed_at INTEGER;
ALTER TABLE changes ADD COLUMN accepted_at INTEGER;
";

// created_again is 1 where a service was asked once more to create a post, since it did not show it;
// is_spare, for a draft that may have come of that, until the user has decided.
const SPARES: &str = "
ALTER TABLE posts ADD COLUMN created_again INTEGER NOT NULL DEFAULT 0;
ALTER TABLE posts ADD COLUMN is_spare INTEGER NOT NULL DEFAULT 0;
CREATE INDEX posts_created_again ON posts (account) WHERE created_again = 1;
";

// unheard is how often a change was sent without an answer that says what became of it.
const UNHEARD: &str = "
ALTER TABLE changes ADD COLUMN unheard INTEGER NOT NULL DEFAULT 0;
";
