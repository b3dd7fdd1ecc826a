-- What is known of a talk's recording, where its videos are; and the archive's own: names, tags, sources, old addresses, imports.
CREATE TABLE recordings (
  talk_id BIGINT PRIMARY KEY REFERENCES talks(id),
  status BIGINT NOT NULL DEFAULT 0,
  status_note TEXT NOT NULL DEFAULT '',
  available_from_ms BIGINT,
  recorded_day TEXT,
  recorded_local TEXT,
  recorded_offset_minutes BIGINT,
  recorded_precision BIGINT NOT NULL DEFAULT 0,
  duration_seconds BIGINT,
  duration_repair BIGINT NOT NULL DEFAULT 0,
  quality_notes TEXT NOT NULL DEFAULT '',
  copyright TEXT NOT NULL DEFAULT '',
  license TEXT NOT NULL DEFAULT '',
  thumbnail_url TEXT NOT NULL DEFAULT '',
  created_at_ms BIGINT NOT NULL,
  updated_at_ms BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE videos (
  id {{id}},
  talk_id BIGINT NOT NULL REFERENCES talks(id),
  position BIGINT NOT NULL,
  kind BIGINT NOT NULL DEFAULT 0,
  place BIGINT NOT NULL DEFAULT 0,
  url TEXT NOT NULL DEFAULT '',
  external_id TEXT NOT NULL DEFAULT '',
  file_hash TEXT NOT NULL DEFAULT '',
  media_type TEXT NOT NULL DEFAULT '',
  told_type TEXT NOT NULL DEFAULT '',
  label TEXT NOT NULL DEFAULT '',
  language TEXT NOT NULL DEFAULT '',
  quality TEXT NOT NULL DEFAULT '',
  license TEXT NOT NULL DEFAULT '',
  length_seconds BIGINT,
  size_bytes BIGINT,
  width BIGINT,
  height BIGINT,
  poster_url TEXT NOT NULL DEFAULT '',
  health BIGINT NOT NULL DEFAULT 0,
  checked_at_ms BIGINT,
  check_note TEXT NOT NULL DEFAULT '',
  created_at_ms BIGINT NOT NULL,
  UNIQUE (talk_id, position)
);
CREATE INDEX videos_at_their_host ON videos(place, external_id);

-- What visitors find, derived of talks, credits and recordings (archive::index_event): lists need no other filter than these columns.
CREATE TABLE archive_talks (
  talk_id BIGINT PRIMARY KEY REFERENCES talks(id),
  event_id BIGINT NOT NULL REFERENCES events(id),
  series_id BIGINT NOT NULL REFERENCES series(id),
  day TEXT NOT NULL DEFAULT '',
  year BIGINT NOT NULL DEFAULT 0,
  language TEXT NOT NULL DEFAULT '',
  length_seconds BIGINT NOT NULL DEFAULT 0,
  has_video BIGINT NOT NULL DEFAULT 0,
  added_at_ms BIGINT NOT NULL
);
CREATE INDEX archive_talks_by_day ON archive_talks(day, talk_id);
CREATE INDEX archive_talks_of_event ON archive_talks(event_id, day, talk_id);
CREATE INDEX archive_talks_of_series ON archive_talks(series_id, day, talk_id);
CREATE INDEX archive_talks_of_year ON archive_talks(year, day, talk_id);
CREATE INDEX archive_talks_in_language ON archive_talks(language, day, talk_id);

-- A name as it was printed, with an address for ever. Two that are one person are joined by a person (`merged_into`), never by the machine.
CREATE TABLE archive_speakers (
  id {{id}},
  slug TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  folded TEXT NOT NULL,
  person_id BIGINT REFERENCES persons(id),
  merged_into BIGINT REFERENCES archive_speakers(id),
  created_at_ms BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX archive_speakers_by_name ON archive_speakers(name);
CREATE INDEX archive_speakers_folded ON archive_speakers(folded);
CREATE INDEX archive_speakers_of_person ON archive_speakers(person_id);
CREATE TABLE archive_credits (
  talk_id BIGINT NOT NULL REFERENCES talks(id),
  position BIGINT NOT NULL,
  speaker_id BIGINT NOT NULL REFERENCES archive_speakers(id),
  PRIMARY KEY (talk_id, position)
);
CREATE INDEX archive_credits_of_speaker ON archive_credits(speaker_id, talk_id);

-- Tags that differ only by case or accents are one: `folded`.
CREATE TABLE archive_tags (
  id {{id}},
  slug TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  folded TEXT NOT NULL UNIQUE
);
CREATE TABLE archive_talk_tags (
  talk_id BIGINT NOT NULL REFERENCES talks(id),
  tag_id BIGINT NOT NULL REFERENCES archive_tags(id),
  PRIMARY KEY (talk_id, tag_id)
);
CREATE INDEX archive_talk_tags_of_tag ON archive_talk_tags(tag_id, talk_id);

-- Runs of imports. `findings` are kept once: a run that found the same as an earlier one names it.
CREATE TABLE archive_runs (
  id {{id}},
  source TEXT NOT NULL,
  origin TEXT NOT NULL,
  person_id BIGINT REFERENCES persons(id),
  done_by TEXT NOT NULL,
  started_at_ms BIGINT NOT NULL,
  finished_at_ms BIGINT,
  state BIGINT NOT NULL,
  message TEXT NOT NULL DEFAULT '',
  counts TEXT NOT NULL DEFAULT '{}',
  findings_run BIGINT,
  findings_hash TEXT NOT NULL DEFAULT ''
);
CREATE TABLE archive_findings (
  run_id BIGINT NOT NULL REFERENCES archive_runs(id),
  kind TEXT NOT NULL,
  count BIGINT NOT NULL,
  message TEXT NOT NULL,
  places TEXT NOT NULL,
  PRIMARY KEY (run_id, kind)
);
-- What a run did to a talk that was there: `before` is the record it had.
CREATE TABLE archive_changes (
  run_id BIGINT NOT NULL REFERENCES archive_runs(id),
  talk_id BIGINT NOT NULL REFERENCES talks(id),
  change BIGINT NOT NULL,
  before TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (run_id, talk_id)
);

-- Where events and talks came from, as it stood there: unknown fields are kept, and an export gives the same back.
CREATE TABLE archive_event_sources (
  event_id BIGINT PRIMARY KEY REFERENCES events(id),
  source TEXT NOT NULL,
  path TEXT NOT NULL,
  hash TEXT NOT NULL,
  raw TEXT NOT NULL,
  run_id BIGINT NOT NULL REFERENCES archive_runs(id),
  UNIQUE (source, path)
);
CREATE TABLE archive_records (
  talk_id BIGINT PRIMARY KEY REFERENCES talks(id),
  event_id BIGINT NOT NULL REFERENCES events(id),
  source TEXT NOT NULL,
  path TEXT NOT NULL,
  number BIGINT,
  hash TEXT NOT NULL,
  raw TEXT NOT NULL,
  repaired TEXT NOT NULL DEFAULT '',
  talk_version BIGINT NOT NULL,
  recording_version BIGINT NOT NULL,
  run_id BIGINT NOT NULL REFERENCES archive_runs(id),
  UNIQUE (event_id, path)
);

-- Paths under which something was found elsewhere, for redirects.
CREATE TABLE archive_aliases (
  path TEXT PRIMARY KEY,
  talk_id BIGINT REFERENCES talks(id),
  event_id BIGINT REFERENCES events(id)
);
CREATE INDEX archive_aliases_of_talk ON archive_aliases(talk_id);
CREATE INDEX archive_aliases_of_event ON archive_aliases(event_id);

-- What must never be published, by the source's own number.
CREATE TABLE archive_no_publish (
  source TEXT NOT NULL,
  number BIGINT NOT NULL,
  reason TEXT NOT NULL DEFAULT '',
  marked_at_ms BIGINT NOT NULL,
  PRIMARY KEY (source, number)
);

-- Names that an erasure took out of a talk: an import must not bring them back. SHA-256 of the folded name.
CREATE TABLE archive_withheld (
  talk_id BIGINT NOT NULL REFERENCES talks(id),
  name_hash TEXT NOT NULL,
  PRIMARY KEY (talk_id, name_hash)
);
