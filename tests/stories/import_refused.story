# A file that is broken in the middle changes nothing, and says where it is broken.
$ confer demo --today 2026-11-23
sql SELECT COUNT(*) FROM slots
  448
file cut.xml
  <?xml version="1.0" encoding="utf-8"?>
  <schedule>
    <conference><title>Cut</title><start>2027-05-04</start><end>2027-05-05</end><days>1</days></conference>
    <day index="1" date="2027-05-04">
      <room name="Aula">
        <event id="1" guid="5f9b8a9e-0a4f-4a0c-8b7e-000000000001"><title>Half a tal
$ confer import --event cut-2027 --series murmelconf cut.xml
exit 2
prints line 
file not.json
  {"schedule": {"conference": {"title": 7, "days": "soon"}}}
$ confer import --event cut-2027 --series murmelconf not.json
exit 2
sql SELECT COUNT(*) FROM slots
  448
sql SELECT COUNT(*) FROM events WHERE slug = 'cut-2027'
  0
$ confer import --event murmelconf-2026 nowhere.json
exit 2
prints nowhere.json
