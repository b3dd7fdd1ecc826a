# The check of links is killed in its middle, and goes on where it was: nobody is asked again for what they answered.
host
$ confer user add olga@example.org "Olga Organiser"
$ confer user grant olga@example.org "archive operate"
file tree/loomcon-2012/category.json
  {"title": "LoomCon 2012"}
file tree/loomcon-2012/videos/looms.json
  {"title": "Looms", "speakers": ["Ada Lovelace"], "recorded": "2012-03-09", "id": 1, "language": "eng", "slug": "looms", "videos": [
   {"type": "mp4", "url": "${host}/v01.mp4"},
   {"type": "mp4", "url": "${host}/v02.mp4"},
   {"type": "mp4", "url": "${host}/v03.mp4"},
   {"type": "mp4", "url": "${host}/v04.mp4"},
   {"type": "mp4", "url": "${host}/v05.mp4"},
   {"type": "mp4", "url": "${host}/v06.mp4"},
   {"type": "mp4", "url": "${host}/v07.mp4"},
   {"type": "mp4", "url": "${host}/v08.mp4"},
   {"type": "mp4", "url": "${host}/v09.mp4"}]}
file tree/loomcon-2012/videos/knots.json
  {"title": "Knots", "speakers": ["Ada Lovelace"], "recorded": "2012-03-09", "id": 2, "language": "eng", "slug": "knots", "videos": [
   {"type": "mp4", "url": "${host}/v10.mp4"},
   {"type": "mp4", "url": "${host}/v11.mp4"},
   {"type": "mp4", "url": "${host}/v12.mp4"},
   {"type": "mp4", "url": "${host}/v13.mp4"},
   {"type": "mp4", "url": "${host}/v14.mp4"},
   {"type": "mp4", "url": "${host}/v15.mp4"},
   {"type": "mp4", "url": "${host}/v16.mp4"},
   {"type": "mp4", "url": "${host}/v17.mp4"},
   {"type": "mp4", "url": "${host}/v18.mp4"}]}
file tree/loomcon-2012/videos/ropes.json
  {"title": "Ropes", "speakers": ["Ada Lovelace"], "recorded": "2012-03-09", "id": 3, "language": "eng", "slug": "ropes", "videos": [
   {"type": "mp4", "url": "${host}/v19.mp4"},
   {"type": "mp4", "url": "${host}/v20.mp4"},
   {"type": "mp4", "url": "${host}/v21.mp4"},
   {"type": "mp4", "url": "${host}/v22.mp4"},
   {"type": "mp4", "url": "${host}/v23.mp4"},
   {"type": "mp4", "url": "${host}/v24.mp4"},
   {"type": "mp4", "url": "${host}/v25.mp4"},
   {"type": "mp4", "url": "${host}/v26.mp4"},
   {"type": "mp4", "url": "${host}/v27.mp4"}]}
file tree/loomcon-2012/videos/sails.json
  {"title": "Sails", "speakers": ["Ada Lovelace"], "recorded": "2012-03-09", "id": 4, "language": "eng", "slug": "sails", "videos": [
   {"type": "mp4", "url": "${host}/v28.mp4"},
   {"type": "mp4", "url": "${host}/v29.mp4"},
   {"type": "mp4", "url": "${host}/v30.mp4"},
   {"type": "mp4", "url": "${host}/v31.mp4"},
   {"type": "mp4", "url": "${host}/v32.mp4"},
   {"type": "mp4", "url": "${host}/v33.mp4"},
   {"type": "mp4", "url": "${host}/v34.mp4"},
   {"type": "mp4", "url": "${host}/v35.mp4"},
   {"type": "mp4", "url": "${host}/v36.mp4"}]}
file tree/loomcon-2012/videos/nets.json
  {"title": "Nets", "speakers": ["Ada Lovelace"], "recorded": "2012-03-09", "id": 5, "language": "eng", "slug": "nets", "videos": [
   {"type": "mp4", "url": "${host}/v37.mp4"},
   {"type": "mp4", "url": "${host}/v38.mp4"},
   {"type": "mp4", "url": "${host}/v39.mp4"},
   {"type": "mp4", "url": "${host}/v40.mp4"},
   {"type": "mp4", "url": "${host}/v41.mp4"},
   {"type": "mp4", "url": "${host}/v42.mp4"},
   {"type": "mp4", "url": "${host}/v43.mp4"},
   {"type": "mp4", "url": "${host}/v44.mp4"},
   {"type": "mp4", "url": "${host}/v45.mp4"}]}
$ confer archive import tree
serve
olga signs in as olga@example.org
olga POST /organise/archive/links/check
→ 303 /organise/archive/links?done=links_asked

# Twenty answers are stored together.
soon sql SELECT CASE WHEN COUNT(*) >= 20 THEN 'some' ELSE 'none' END FROM videos WHERE health = 1
  some
kill -9
sql SELECT CASE WHEN COUNT(*) < 45 THEN 'not all' ELSE 'all' END FROM videos WHERE health = 1
  not all
leases end
serve
soon sql SELECT COUNT(*) FROM videos WHERE health = 1
  45
host asked
  /v01.mp4 1
  /v02.mp4 1
  /v03.mp4 1
  /v04.mp4 1
  /v05.mp4 1
  /v06.mp4 1
  /v07.mp4 1
  /v08.mp4 1
  /v09.mp4 1
  /v10.mp4 1
  /v11.mp4 1
  /v12.mp4 1
  /v13.mp4 1
  /v14.mp4 1
  /v15.mp4 1
  /v16.mp4 1
  /v17.mp4 1
  /v18.mp4 1
  /v19.mp4 1
  /v20.mp4 1
  /v21.mp4 …
  /v22.mp4 …
  /v23.mp4 …
  /v24.mp4 …
  /v25.mp4 …
  /v26.mp4 …
  /v27.mp4 …
  /v28.mp4 …
  /v29.mp4 …
  /v30.mp4 …
  /v31.mp4 …
  /v32.mp4 …
  /v33.mp4 …
  /v34.mp4 …
  /v35.mp4 …
  /v36.mp4 …
  /v37.mp4 …
  /v38.mp4 …
  /v39.mp4 …
  /v40.mp4 …
  /v41.mp4 …
  /v42.mp4 …
  /v43.mp4 …
  /v44.mp4 …
  /v45.mp4 1
$ confer check
prints 0 problems
