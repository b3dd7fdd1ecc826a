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

# A command line that cannot be read is refused the same way, and says where to read on.
$ confer user
exit 2
prints confer user: say what is to be done. Nothing was done; `confer user --help` tells what can be given.
$ confer frobnicate
exit 2
prints confer: there is no command “frobnicate”.
$ confer import cut.xml
exit 2
prints confer import: --event is missing.
$ confer export --event murmelconf-2026
exit 2
prints confer export: --format is missing.
$ confer release --event murmelconf-2026
exit 2
prints confer release: version is missing.
$ confer check --thoroughly
exit 2
prints confer check: The following argument was not expected: --thoroughly.
$ confer serve --port many
exit 2
prints --port
$ confer user add
exit 2
prints confer user add: email is missing.
$ confer release --help
  …
