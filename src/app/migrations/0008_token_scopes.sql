-- An API token has scopes, which are for reading only, instead of rights: read_public, read_draft (needs `programme`), read_people (needs `people`).
ALTER TABLE api_tokens RENAME COLUMN rights TO scopes;
UPDATE api_tokens SET scopes = 'read_public'
  || CASE WHEN ' ' || scopes || ' ' LIKE '% programme %' OR ' ' || scopes || ' ' LIKE '% organise %' OR ' ' || scopes || ' ' LIKE '% operate %'
     THEN ' read_draft' ELSE '' END
  || CASE WHEN ' ' || scopes || ' ' LIKE '% people %' OR ' ' || scopes || ' ' LIKE '% operate %' THEN ' read_people' ELSE '' END;
