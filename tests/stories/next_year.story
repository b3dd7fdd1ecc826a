# The next edition begins as a copy of the last one: rooms, tracks, types and pages, on the same weekdays' dates, without its talks.
first barn
olga fills /organise/barn-2027/pages/new
  Title = Getting here
  Address = travel
  Text = By **train**.
→ 303 *
olga fills /organise/barn-2027/rules "Save"
  A session has no track = Say nothing
→ 303 *
olga fills /organise/series/barn/new "Copy"
  Edition = barn-2027
  Title = Barn Days 2028
  Address = barn-2028
  First day = 2028-05-09
→ 303 /organise/barn-2028*
sql SELECT slug, start_date, end_date FROM events ORDER BY slug DESC LIMIT 1
  barn-2028 | 2028-05-09 | 2028-05-09
olga GET /organise/barn-2028/rooms
→ 200
shows Aula
shows Loft
olga GET /organise/barn-2028/talks
→ 200
hides Sheep
olga GET /organise/barn-2028/pages
→ 200
shows Getting here
soon sql SELECT e.slug, r.rule, r.severity FROM rule_severities r JOIN events e ON e.id = r.event_id ORDER BY e.slug
  barn-2027 | no_track | 0
  barn-2028 | no_track | 0
visitor GET /barn-2028
→ 404
