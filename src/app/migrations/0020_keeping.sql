-- What waits for the archive's keeper: two names that may be one person's, corrections, claims, removals. What people wrote is emptied some time after the answer.
CREATE TABLE keeper_cases (
  id {{id}},
  kind BIGINT NOT NULL,
  state BIGINT NOT NULL DEFAULT 0,
  talk_id BIGINT REFERENCES talks(id),
  speaker_id BIGINT REFERENCES archive_speakers(id),
  other_id BIGINT REFERENCES archive_speakers(id),
  reason BIGINT NOT NULL DEFAULT 0,
  asked_by BIGINT REFERENCES persons(id),
  email TEXT NOT NULL DEFAULT '',
  language TEXT NOT NULL DEFAULT 'en',
  note TEXT NOT NULL DEFAULT '',
  content TEXT NOT NULL DEFAULT '',
  asked_at_ms BIGINT NOT NULL,
  decided_at_ms BIGINT,
  decided_by BIGINT REFERENCES persons(id),
  answer TEXT NOT NULL DEFAULT '',
  mail_id BIGINT NOT NULL DEFAULT 0,
  undo TEXT NOT NULL DEFAULT ''
);
CREATE INDEX keeper_cases_in_turn ON keeper_cases(state, kind, id);
CREATE INDEX keeper_cases_of_talk ON keeper_cases(talk_id);
CREATE INDEX keeper_cases_of_speaker ON keeper_cases(speaker_id);
CREATE INDEX keeper_cases_of_other ON keeper_cases(other_id);
CREATE INDEX keeper_cases_of_asker ON keeper_cases(asked_by);
