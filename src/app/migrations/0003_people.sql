-- People, how they sign in, and what teams they are in. A person may have no account: speakers exist without a login.
CREATE TABLE persons (
  id {{id}},
  code TEXT NOT NULL UNIQUE,
  guid TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  biography TEXT NOT NULL DEFAULT '',
  avatar_url TEXT NOT NULL DEFAULT '',
  contact_email TEXT NOT NULL DEFAULT '',
  language TEXT NOT NULL DEFAULT 'en',
  created_at_ms BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1,
  deleted_at_ms BIGINT
);

CREATE TABLE accounts (
  person_id BIGINT PRIMARY KEY REFERENCES persons(id),
  email TEXT NOT NULL,
  email_folded TEXT NOT NULL UNIQUE,
  verified_at_ms BIGINT,
  password_hash TEXT NOT NULL DEFAULT '',
  created_at_ms BIGINT NOT NULL
);

CREATE TABLE sessions (
  id {{id}},
  token_hash TEXT NOT NULL UNIQUE,
  person_id BIGINT NOT NULL REFERENCES persons(id),
  device TEXT NOT NULL DEFAULT '',
  created_at_ms BIGINT NOT NULL,
  last_seen_at_ms BIGINT NOT NULL,
  expires_at_ms BIGINT NOT NULL
);
CREATE INDEX sessions_of_person ON sessions(person_id);

CREATE TABLE sign_in_links (
  id {{id}},
  token_hash TEXT NOT NULL UNIQUE,
  email TEXT NOT NULL,
  email_folded TEXT NOT NULL,
  return_to TEXT NOT NULL DEFAULT '',
  created_at_ms BIGINT NOT NULL,
  expires_at_ms BIGINT NOT NULL,
  used_at_ms BIGINT
);

-- A team of neither series nor event is the installation's. `rights` is a set of words: "organise programme".
CREATE TABLE teams (
  id {{id}},
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  series_id BIGINT REFERENCES series(id),
  event_id BIGINT REFERENCES events(id),
  rights TEXT NOT NULL,
  limited_to_tracks BIGINT NOT NULL DEFAULT 0,
  created_at_ms BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1,
  deleted_at_ms BIGINT
);
CREATE TABLE team_tracks (
  team_id BIGINT NOT NULL REFERENCES teams(id),
  track_id BIGINT NOT NULL REFERENCES tracks(id),
  PRIMARY KEY (team_id, track_id)
);
CREATE TABLE team_members (
  team_id BIGINT NOT NULL REFERENCES teams(id),
  person_id BIGINT NOT NULL REFERENCES persons(id),
  added_at_ms BIGINT NOT NULL,
  PRIMARY KEY (team_id, person_id)
);
CREATE INDEX team_members_of_person ON team_members(person_id);

CREATE TABLE api_tokens (
  id {{id}},
  token_hash TEXT NOT NULL UNIQUE,
  person_id BIGINT NOT NULL REFERENCES persons(id),
  label TEXT NOT NULL,
  event_id BIGINT REFERENCES events(id),
  rights TEXT NOT NULL,
  created_at_ms BIGINT NOT NULL,
  last_used_at_ms BIGINT,
  expires_at_ms BIGINT,
  revoked_at_ms BIGINT
);
