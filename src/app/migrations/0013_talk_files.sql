-- Files that were uploaded to talks. Their bytes lie in files/ under `hash`; an erased one keeps its row, so that its address answers "gone".
CREATE TABLE talk_files (
  id {{id}},
  talk_id BIGINT NOT NULL REFERENCES talks(id),
  code TEXT NOT NULL UNIQUE,
  position BIGINT NOT NULL,
  title TEXT NOT NULL DEFAULT '',
  name TEXT NOT NULL,
  content_type TEXT NOT NULL,
  size_bytes BIGINT NOT NULL,
  hash TEXT NOT NULL,
  uploaded_by BIGINT REFERENCES persons(id),
  created_at_ms BIGINT NOT NULL,
  removed_at_ms BIGINT,
  erased_at_ms BIGINT
);
CREATE INDEX talk_files_of_talk ON talk_files(talk_id, position);
CREATE INDEX talk_files_by_hash ON talk_files(hash);
CREATE INDEX talk_files_by_uploader ON talk_files(uploaded_by);
