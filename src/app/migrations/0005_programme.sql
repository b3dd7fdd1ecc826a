-- The draft schedule, its releases, what was imported, and attendees' stars.
CREATE TABLE slots (
  id {{id}},
  event_id BIGINT NOT NULL REFERENCES events(id),
  guid TEXT NOT NULL,
  kind BIGINT NOT NULL,
  state BIGINT NOT NULL DEFAULT 0,
  talk_id BIGINT REFERENCES talks(id),
  room_id BIGINT REFERENCES rooms(id),
  start_local TEXT NOT NULL,
  length_minutes BIGINT NOT NULL,
  title TEXT NOT NULL DEFAULT '{}',
  note TEXT NOT NULL DEFAULT '',
  parts TEXT NOT NULL DEFAULT '[]',
  extra TEXT NOT NULL DEFAULT '{}',
  version BIGINT NOT NULL DEFAULT 1,
  deleted_at_ms BIGINT,
  UNIQUE (event_id, guid)
);
CREATE INDEX slots_of_talk ON slots(talk_id);

-- `snapshot` is programme::to_json: a release stands alone and is never changed.
CREATE TABLE releases (
  id {{id}},
  event_id BIGINT NOT NULL REFERENCES events(id),
  revision BIGINT NOT NULL,
  name TEXT NOT NULL,
  comment TEXT NOT NULL DEFAULT '',
  correction BIGINT NOT NULL DEFAULT 0,
  snapshot TEXT NOT NULL,
  released_at_ms BIGINT NOT NULL,
  released_by BIGINT REFERENCES persons(id),
  UNIQUE (event_id, revision),
  UNIQUE (event_id, name)
);

-- How often a slot changed since it was first released: iCalendar's SEQUENCE.
CREATE TABLE slot_stamps (
  event_id BIGINT NOT NULL REFERENCES events(id),
  slot_guid TEXT NOT NULL,
  sequence BIGINT NOT NULL,
  changed_at_ms BIGINT NOT NULL,
  PRIMARY KEY (event_id, slot_guid)
);

CREATE TABLE rule_severities (
  event_id BIGINT NOT NULL REFERENCES events(id),
  rule TEXT NOT NULL,
  severity BIGINT NOT NULL,
  PRIMARY KEY (event_id, rule)
);

CREATE TABLE availabilities (
  id {{id}},
  event_id BIGINT NOT NULL REFERENCES events(id),
  person_id BIGINT NOT NULL REFERENCES persons(id),
  from_local TEXT NOT NULL,
  to_local TEXT NOT NULL
);
CREATE INDEX availabilities_of_event ON availabilities(event_id, person_id);

-- What the last import said of each thing, field by field: the base of the three-way merge that keeps what was edited here.
CREATE TABLE import_bases (
  event_id BIGINT NOT NULL REFERENCES events(id),
  kind TEXT NOT NULL,
  guid TEXT NOT NULL,
  fields TEXT NOT NULL,
  PRIMARY KEY (event_id, kind, guid)
);

CREATE TABLE sync_sources (
  event_id BIGINT PRIMARY KEY REFERENCES events(id),
  url TEXT NOT NULL,
  every_minutes BIGINT NOT NULL DEFAULT 10,
  release_changes BIGINT NOT NULL DEFAULT 1,
  etag TEXT NOT NULL DEFAULT '',
  last_modified TEXT NOT NULL DEFAULT '',
  last_at_ms BIGINT,
  last_result TEXT NOT NULL DEFAULT '',
  enabled BIGINT NOT NULL DEFAULT 1
);

-- A person's or a phone's stars. A set without a person is reached by its secret link only.
CREATE TABLE star_sets (
  id {{id}},
  token_hash TEXT NOT NULL UNIQUE,
  person_id BIGINT REFERENCES persons(id),
  created_at_ms BIGINT NOT NULL,
  last_seen_at_ms BIGINT NOT NULL
);
CREATE INDEX star_sets_of_person ON star_sets(person_id);
-- One row a talk ever touched: the later `at_ms` wins, at the same time the star does.
CREATE TABLE star_items (
  set_id BIGINT NOT NULL REFERENCES star_sets(id),
  talk_id BIGINT NOT NULL REFERENCES talks(id),
  starred BIGINT NOT NULL,
  at_ms BIGINT NOT NULL,
  PRIMARY KEY (set_id, talk_id)
);
CREATE INDEX star_items_of_talk ON star_items(talk_id);
CREATE TABLE calendar_feeds (
  id {{id}},
  token_hash TEXT NOT NULL UNIQUE,
  set_id BIGINT NOT NULL REFERENCES star_sets(id),
  event_id BIGINT NOT NULL REFERENCES events(id),
  created_at_ms BIGINT NOT NULL,
  revoked_at_ms BIGINT
);
