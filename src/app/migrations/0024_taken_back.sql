-- Who took a decision of the keeper's back, and when: the last time that it was.
ALTER TABLE keeper_cases ADD COLUMN taken_back_at_ms BIGINT;
ALTER TABLE keeper_cases ADD COLUMN taken_back_by BIGINT REFERENCES persons(id);
