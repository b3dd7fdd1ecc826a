-- What is shown before and after a talk in its video: an event's own templates, and for how long.
CREATE TABLE card_templates (
  event_id BIGINT NOT NULL REFERENCES events(id),
  kind BIGINT NOT NULL,
  svg TEXT NOT NULL,
  changed_at_ms BIGINT NOT NULL,
  PRIMARY KEY (event_id, kind)
);
ALTER TABLE cut_settings ADD COLUMN title_card_s BIGINT NOT NULL DEFAULT 0;
ALTER TABLE cut_settings ADD COLUMN end_card_s BIGINT NOT NULL DEFAULT 0;
-- Of what is online: when its first recorded frame was, and how long after the video's beginning it is shown. Captions move with them.
ALTER TABLE cuts ADD COLUMN online_from_ms BIGINT;
ALTER TABLE cuts ADD COLUMN online_title_ms BIGINT NOT NULL DEFAULT 0;
