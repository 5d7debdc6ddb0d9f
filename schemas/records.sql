-- The read model (server/records): what the secretariat asks about. A function of the journal alone: deleted or
-- damaged, it is made again. It never holds the only copy of anything, no private value, and not who pressed what.
-- Times are milliseconds UTC. NOTE: whoever changes this raises records_version in server/records/records.cpp.

CREATE TABLE progress (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    version INTEGER NOT NULL,
    origin TEXT NOT NULL,       -- of the log this was made from
    entries INTEGER NOT NULL,   -- how many of its entries are in
    last_leaf TEXT NOT NULL     -- Merkle leaf hash of the last of them, hexadecimal; empty before the first
);

CREATE TABLE body (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    parent INTEGER REFERENCES body
);

CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT NOT NULL);

-- The members in office now.
CREATE TABLE member (
    body INTEGER NOT NULL REFERENCES body,
    person INTEGER NOT NULL REFERENCES person,
    number TEXT NOT NULL,
    grp TEXT NOT NULL,          -- delegation or political group
    seat TEXT NOT NULL,
    PRIMARY KEY (body, person)
) WITHOUT ROWID;

CREATE TABLE meeting (
    id INTEGER PRIMARY KEY,
    body INTEGER NOT NULL REFERENCES body,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    term_no INTEGER NOT NULL,
    session_no INTEGER NOT NULL,
    state TEXT NOT NULL         -- draft, notified, closed, archived, cancelled
);

CREATE TABLE sitting (
    id INTEGER PRIMARY KEY,
    meeting INTEGER NOT NULL REFERENCES meeting,
    body INTEGER NOT NULL REFERENCES body,
    title TEXT NOT NULL,
    state TEXT NOT NULL,
    opened_at INTEGER,
    closed_at INTEGER,
    due INTEGER,                -- as announced at the opening
    present INTEGER,
    quorum INTEGER
);

-- Who was due in a sitting that opened, and what became of it.
CREATE TABLE sitting_member (
    sitting INTEGER NOT NULL REFERENCES sitting,
    person INTEGER NOT NULL REFERENCES person,
    came_at INTEGER,            -- first sign-in
    went_at INTEGER,            -- last sign-out, while it is the last
    remote INTEGER NOT NULL DEFAULT 0,
    on_leave INTEGER NOT NULL DEFAULT 0,
    absent_without_leave INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (sitting, person)
) WITHOUT ROWID;

CREATE TABLE attendee (
    meeting INTEGER NOT NULL REFERENCES meeting,
    person INTEGER NOT NULL REFERENCES person,
    kind TEXT NOT NULL,
    unit TEXT NOT NULL,
    PRIMARY KEY (meeting, person)
) WITHOUT ROWID;

CREATE TABLE item (
    id INTEGER PRIMARY KEY,
    meeting INTEGER NOT NULL REFERENCES meeting,
    parent INTEGER REFERENCES item,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    outcome TEXT NOT NULL DEFAULT 'none',
    is_closed INTEGER NOT NULL
);

CREATE TABLE vote (
    id INTEGER PRIMARY KEY,
    sitting INTEGER NOT NULL REFERENCES sitting,
    item INTEGER REFERENCES item,
    title TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    first_attempt INTEGER,
    method TEXT NOT NULL,
    state TEXT NOT NULL,
    opened_at INTEGER,
    decided_at INTEGER,
    base_members INTEGER NOT NULL,
    present INTEGER,
    approve INTEGER,
    oppose INTEGER,
    abstain INTEGER,
    not_pressed INTEGER,
    verdict TEXT,
    void_reason TEXT,
    part TEXT,                  -- amendment or clause: what is decided of a part leaves the item open
    approval TEXT,              -- of the body above: pending, granted or refused; NULL: not needed
    annulled TEXT               -- who annulled the announced result, and why
);

CREATE TABLE speech (
    id INTEGER PRIMARY KEY,
    sitting INTEGER NOT NULL REFERENCES sitting,
    person INTEGER NOT NULL REFERENCES person,
    item INTEGER REFERENCES item,
    kind TEXT NOT NULL,
    began_at INTEGER,
    used_ms INTEGER,
    signed INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE correction (
    id INTEGER PRIMARY KEY,
    corrects INTEGER NOT NULL,
    reads TEXT NOT NULL,
    should_read TEXT NOT NULL,
    reason TEXT NOT NULL
);

-- Words of titles, names and reasons, prepared by server/records/words: every Chinese character is a word.
CREATE VIRTUAL TABLE search USING fts5(words, seq UNINDEXED, kind UNINDEXED, at UNINDEXED, text UNINDEXED);

-- 履职档案: how often each member was due, came, was on leave, and spoke. Never how anybody voted.
CREATE VIEW duty_record AS
SELECT p.id AS person, p.name AS name, s.body AS body,
       count(*) AS due,
       sum(m.came_at IS NOT NULL) AS came,
       sum(m.remote) AS remote,
       sum(m.on_leave AND m.came_at IS NULL) AS on_leave,
       sum(m.absent_without_leave) AS absent_without_leave,
       (SELECT count(*) FROM speech q JOIN sitting t ON t.id = q.sitting
         WHERE q.person = p.id AND t.body = s.body AND q.used_ms IS NOT NULL) AS speeches,
       (SELECT coalesce(sum(q.used_ms), 0) FROM speech q JOIN sitting t ON t.id = q.sitting
         WHERE q.person = p.id AND t.body = s.body) AS spoken_ms
  FROM sitting_member m
  JOIN sitting s ON s.id = m.sitting
  JOIN person p ON p.id = m.person
 GROUP BY p.id, s.body;

-- Every vote that was decided, with its figures; an annulled result counts for nothing.
CREATE VIEW result AS
SELECT v.id AS vote, v.title AS title, v.attempt AS attempt, v.method AS method, s.title AS sitting,
       g.title AS meeting, v.base_members AS base, v.present AS present, v.approve AS approve,
       v.oppose AS oppose, v.abstain AS abstain, v.not_pressed AS not_pressed, v.verdict AS verdict,
       v.decided_at AS decided_at
  FROM vote v JOIN sitting s ON s.id = v.sitting JOIN meeting g ON g.id = s.meeting
 WHERE v.verdict IS NOT NULL AND v.annulled IS NULL;

-- Every attempt at a vote that ended, oldest first; what is void has a reason and no figures.
CREATE VIEW vote_list AS
SELECT v.id AS vote, coalesce(v.decided_at, v.opened_at) AS at, g.title AS meeting, s.title AS sitting,
       v.title AS title, v.attempt AS attempt, v.method AS method, v.base_members AS base, v.present AS present,
       iif(v.verdict IS NULL, NULL, v.approve) AS approve, iif(v.verdict IS NULL, NULL, v.oppose) AS oppose,
       iif(v.verdict IS NULL, NULL, v.abstain) AS abstain,
       iif(v.verdict IS NULL, NULL, v.not_pressed) AS not_pressed, v.verdict AS verdict,
       v.void_reason AS void_reason, v.approval AS approval, v.annulled AS annulled
  FROM vote v JOIN sitting s ON s.id = v.sitting JOIN meeting g ON g.id = s.meeting
 WHERE v.verdict IS NOT NULL OR v.state = 'voided'
 ORDER BY v.id;

-- duty_record with the names of the bodies, as a list.
CREATE VIEW attendance_list AS
SELECT b.name AS body, coalesce(m.number, '') AS number, d.name AS name, coalesce(m.grp, '') AS grp, d.due AS due,
       d.came AS came, d.remote AS remote, d.on_leave AS on_leave,
       d.absent_without_leave AS absent_without_leave, d.speeches AS speeches, d.spoken_ms AS spoken_ms
  FROM duty_record d JOIN body b ON b.id = d.body
  LEFT JOIN member m ON m.body = d.body AND m.person = d.person
 ORDER BY d.body, d.person;
