-- Series, events, rooms, tracks, session types, information pages. Organisers' texts are JSON objects: language → text.
CREATE TABLE series (
  id {{id}},
  slug TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  description TEXT NOT NULL DEFAULT '{}',
  created_at_ms BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1,
  deleted_at_ms BIGINT
);

CREATE TABLE events (
  id {{id}},
  series_id BIGINT NOT NULL REFERENCES series(id),
  parent_id BIGINT REFERENCES events(id),
  slug TEXT NOT NULL UNIQUE,
  acronym TEXT NOT NULL,
  guid TEXT NOT NULL UNIQUE,
  kind BIGINT NOT NULL,
  title TEXT NOT NULL,
  subtitle TEXT NOT NULL DEFAULT '{}',
  description TEXT NOT NULL DEFAULT '{}',
  place TEXT NOT NULL DEFAULT '{}',
  zone TEXT,
  start_date TEXT,
  end_date TEXT,
  year BIGINT,
  attendance BIGINT,
  capacity BIGINT,
  day_start_hour BIGINT NOT NULL DEFAULT 4,
  languages TEXT NOT NULL DEFAULT 'en',
  color TEXT NOT NULL DEFAULT '#1f5f8b',
  features_off TEXT NOT NULL DEFAULT '',
  shown_merged BIGINT NOT NULL DEFAULT 1,
  is_public BIGINT NOT NULL DEFAULT 0,
  change_over_minutes BIGINT NOT NULL DEFAULT 5,
  banner TEXT NOT NULL DEFAULT '{}',
  banner_level BIGINT NOT NULL DEFAULT 0,
  extra TEXT NOT NULL DEFAULT '{}',
  created_at_ms BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1,
  deleted_at_ms BIGINT
);
CREATE INDEX events_of_series ON events(series_id);

CREATE TABLE rooms (
  id {{id}},
  event_id BIGINT NOT NULL REFERENCES events(id),
  code TEXT NOT NULL,
  guid TEXT NOT NULL,
  name TEXT NOT NULL,
  description TEXT NOT NULL DEFAULT '{}',
  position BIGINT NOT NULL DEFAULT 0,
  capacity BIGINT,
  accessibility TEXT NOT NULL DEFAULT '',
  hidden BIGINT NOT NULL DEFAULT 0,
  stream_url TEXT NOT NULL DEFAULT '',
  captions_url TEXT NOT NULL DEFAULT '',
  open_windows TEXT NOT NULL DEFAULT '[]',
  extra TEXT NOT NULL DEFAULT '{}',
  version BIGINT NOT NULL DEFAULT 1,
  deleted_at_ms BIGINT,
  UNIQUE (event_id, code)
);

CREATE TABLE tracks (
  id {{id}},
  event_id BIGINT NOT NULL REFERENCES events(id),
  code TEXT NOT NULL,
  guid TEXT NOT NULL,
  name TEXT NOT NULL,
  description TEXT NOT NULL DEFAULT '{}',
  color TEXT NOT NULL,
  position BIGINT NOT NULL DEFAULT 0,
  version BIGINT NOT NULL DEFAULT 1,
  deleted_at_ms BIGINT,
  UNIQUE (event_id, code)
);

CREATE TABLE session_types (
  id {{id}},
  event_id BIGINT NOT NULL REFERENCES events(id),
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  length_minutes BIGINT NOT NULL DEFAULT 30,
  position BIGINT NOT NULL DEFAULT 0,
  version BIGINT NOT NULL DEFAULT 1,
  deleted_at_ms BIGINT,
  UNIQUE (event_id, code)
);

CREATE TABLE info_pages (
  id {{id}},
  event_id BIGINT NOT NULL REFERENCES events(id),
  slug TEXT NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL DEFAULT '{}',
  position BIGINT NOT NULL DEFAULT 0,
  in_navigation BIGINT NOT NULL DEFAULT 1,
  is_public BIGINT NOT NULL DEFAULT 1,
  updated_at_ms BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1,
  deleted_at_ms BIGINT,
  UNIQUE (event_id, slug)
);
