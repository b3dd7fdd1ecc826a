# From an old file to a public page by two commands: looked at first, in the encoding it declares, hidden until it is said to be public.
file old.xml in latin-1
  <?xml version="1.0" encoding="ISO-8859-1"?>
  <schedule>
    <version>1</version>
    <conference><title>Käsetage</title><acronym>kaesetage</acronym><start>2027-05-04</start><end>2027-05-04</end><days>1</days>
      <time_zone_name>Europe/Berlin</time_zone_name></conference>
    <day index="1" date="2027-05-04" start="2027-05-04T09:00:00+02:00" end="2027-05-04T20:00:00+02:00">
      <room name="Küche" guid="5f9b8a9e-0a4f-4a0c-8b7e-0000000000aa">
        <event id="1" guid="5f9b8a9e-0a4f-4a0c-8b7e-000000000001">
          <date>2027-05-04T10:00:00+02:00</date><start>10:00</start><duration>00:30</duration><room>Küche</room>
          <title>Über Käse</title><subtitle/><track/><type/><language>de</language><abstract/>
          <persons><person id="1">Grün Beispiel</person></persons>
        </event>
      </room>
    </day>
  </schedule>
$ confer import --event kaese-2027 old.xml --dry-run
  …
  3 added, 0 updated, 0 unchanged, 0 removed, 0 kept as edited here, …
  …
sql SELECT COUNT(*) FROM series
  0
$ confer import --event kaese-2027 old.xml
  …
  not public yet: visitors do not find kaese-2027. `confer release --event kaese-2027 VERSION --public` shows it to everybody…
sql SELECT title FROM talks
  Über Käse
serve
$ confer export --event kaese-2027 --format pyvideo --output videos
exit 2
prints Nothing of kaese-2027 is released yet
$ confer release 1.0 --event kaese-2027
  …
  not public yet: visitors do not find kaese-2027. `confer release --event kaese-2027 1.0 --public` shows it to everybody…
visitor GET /kaese-2027/schedule
→ 404
$ confer release 1.0 --event kaese-2027 --public
  kaese-2027 is public now: ${address}/kaese-2027
soon visitor GET /kaese-2027/schedule
→ 200
shows Über Käse
shows Küche
$ confer export --event kaese-2027 --format pyvideo --output videos
$ confer export --event kaese-2027 --format pyvideo --output videos --release 2.0
exit 2
prints There is no release “2.0” of kaese-2027.

