-- Talks and who is credited for them.
CREATE TABLE talks (
  id {{id}},
  event_id BIGINT NOT NULL REFERENCES events(id),
  code TEXT NOT NULL UNIQUE,
  guid TEXT NOT NULL,
  slug TEXT NOT NULL,
  title TEXT NOT NULL,
  subtitle TEXT NOT NULL DEFAULT '',
  abstract TEXT NOT NULL DEFAULT '',
  description TEXT NOT NULL DEFAULT '',
  track_id BIGINT REFERENCES tracks(id),
  type_id BIGINT REFERENCES session_types(id),
  language TEXT NOT NULL DEFAULT '',
  level TEXT NOT NULL DEFAULT '',
  tags TEXT NOT NULL DEFAULT '[]',
  do_not_record BIGINT NOT NULL DEFAULT 0,
  do_not_stream BIGINT NOT NULL DEFAULT 0,
  license TEXT NOT NULL DEFAULT '',
  logo_url TEXT NOT NULL DEFAULT '',
  feedback_url TEXT NOT NULL DEFAULT '',
  origin_url TEXT NOT NULL DEFAULT '',
  links TEXT NOT NULL DEFAULT '[]',
  attachments TEXT NOT NULL DEFAULT '[]',
  extra TEXT NOT NULL DEFAULT '{}',
  state BIGINT NOT NULL,
  created_at_ms BIGINT NOT NULL,
  updated_at_ms BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1,
  deleted_at_ms BIGINT,
  UNIQUE (event_id, guid)
);

CREATE TABLE credits (
  id {{id}},
  talk_id BIGINT NOT NULL REFERENCES talks(id),
  position BIGINT NOT NULL,
  person_id BIGINT REFERENCES persons(id),
  name TEXT NOT NULL,
  role BIGINT NOT NULL DEFAULT 0,
  guid TEXT NOT NULL DEFAULT '',
  biography TEXT NOT NULL DEFAULT '',
  avatar_url TEXT NOT NULL DEFAULT '',
  extra TEXT NOT NULL DEFAULT '{}',
  UNIQUE (talk_id, position)
);
CREATE INDEX credits_of_person ON credits(person_id);
