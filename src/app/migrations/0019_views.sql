-- How often a talk was watched: a number, and nothing about who watched. The programs of others ask for talks by GUID.
CREATE TABLE talk_views (
  talk_id BIGINT PRIMARY KEY REFERENCES talks(id),
  views BIGINT NOT NULL
);
CREATE INDEX talk_views_most ON talk_views(views, talk_id);
CREATE INDEX talks_by_guid ON talks(guid);
