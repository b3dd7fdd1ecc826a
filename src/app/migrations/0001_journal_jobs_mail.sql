-- What happened (journal), what is to be done (jobs), and what is written to people (mail).

-- Append-only. 0 in person, series and event: none. No foreign keys: a fact outlives what it tells of.
CREATE TABLE journal_facts (
  position BIGINT PRIMARY KEY,
  at_ms BIGINT NOT NULL,
  person BIGINT NOT NULL DEFAULT 0,
  done_by TEXT NOT NULL DEFAULT 'person',
  name TEXT NOT NULL,
  series BIGINT NOT NULL DEFAULT 0,
  event BIGINT NOT NULL DEFAULT 0,
  subject TEXT NOT NULL DEFAULT '',
  data TEXT NOT NULL DEFAULT '{}'
);
CREATE INDEX journal_facts_event ON journal_facts (event, position);
CREATE INDEX journal_facts_subject ON journal_facts (subject, position);

-- One row: the last position given out. Whoever commits facts updates it, and so waits for whoever is committing.
CREATE TABLE journal_last (
  id BIGINT PRIMARY KEY,
  position BIGINT NOT NULL
);

-- How far each durable reaction has come.
CREATE TABLE journal_cursors (
  name TEXT PRIMARY KEY,
  position BIGINT NOT NULL
);

-- state: 0 waiting, 1 running, 2 done, 3 dead (jobs/jobs.h).
CREATE TABLE jobs (
  id {{id}},
  kind TEXT NOT NULL,
  input TEXT NOT NULL DEFAULT '{}',
  state BIGINT NOT NULL DEFAULT 0,
  attempts BIGINT NOT NULL DEFAULT 0,
  max_attempts BIGINT NOT NULL,
  created_at_ms BIGINT NOT NULL,
  run_at_ms BIGINT NOT NULL,
  finished_at_ms BIGINT,
  leased_by TEXT NOT NULL DEFAULT '',
  lease_until_ms BIGINT,
  event BIGINT NOT NULL DEFAULT 0,
  unique_key TEXT,
  progress DOUBLE PRECISION NOT NULL DEFAULT 0,
  problem TEXT NOT NULL DEFAULT ''
);
CREATE INDEX jobs_waiting ON jobs (run_at_ms, id) WHERE state = 0;
CREATE INDEX jobs_running ON jobs (lease_until_ms) WHERE state = 1;
CREATE INDEX jobs_finished ON jobs (finished_at_ms) WHERE state = 2;
CREATE UNIQUE INDEX jobs_unique_waiting ON jobs (unique_key) WHERE state = 0;

-- When each periodic job may run next, over all processes.
CREATE TABLE job_schedule (
  kind TEXT PRIMARY KEY,
  next_at_ms BIGINT NOT NULL
);

-- state: 0 waiting, 1 sent, 2 failed, 3 kept (mail/mail.h). Rows of a person go with the person.
CREATE TABLE mail_outbox (
  id {{id}},
  person BIGINT NOT NULL DEFAULT 0,
  event BIGINT NOT NULL DEFAULT 0,
  kind TEXT NOT NULL DEFAULT '',
  to_address TEXT NOT NULL,
  to_folded TEXT NOT NULL,
  to_name TEXT NOT NULL DEFAULT '',
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  language TEXT NOT NULL DEFAULT 'en',
  state BIGINT NOT NULL,
  problem TEXT NOT NULL DEFAULT '',
  created_at_ms BIGINT NOT NULL,
  sent_at_ms BIGINT
);
CREATE INDEX mail_outbox_person ON mail_outbox (person);
CREATE INDEX mail_outbox_to ON mail_outbox (to_folded);
CREATE INDEX mail_outbox_event ON mail_outbox (event, id);

-- `content` is Base64: the form in which it is sent, and the database holds no binary.
CREATE TABLE mail_attachments (
  mail BIGINT NOT NULL REFERENCES mail_outbox(id),
  number BIGINT NOT NULL,
  name TEXT NOT NULL,
  content_type TEXT NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (mail, number)
);
