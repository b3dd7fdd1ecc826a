-- Over and before a talk in its video: who speaks, and what is wrong with the recording. For how long; 0: not shown.
ALTER TABLE cut_settings ADD COLUMN name_plate_s BIGINT NOT NULL DEFAULT 0;
ALTER TABLE cut_settings ADD COLUMN apology_card_s BIGINT NOT NULL DEFAULT 0;
