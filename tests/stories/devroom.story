# The team of one track changes that track's talks and no others.
first barn
olga fills /organise/barn-2027/tracks/new
  Name = Dairy
→ 303 *
olga fills /organise/barn-2027/talks/new
  Title = Milk and Monads
  Track = Dairy
→ 303 *
olga fills /organise/barn-2027/teams "Add the team"
  Name = Dairy people
  rights = programme
  Dairy = yes
→ 303 *
keep team = /teams/(\d+)
olga fills /organise/barn-2027/teams/${team} "Add"
  member_name = Dora Dairy
  E-mail address = dora@example.org
→ 303 *
dora signs in as dora@example.org
dora GET /organise/barn-2027/talks
→ 200
keep milk = /organise/barn-2027/talks/([A-Z0-9]{6})[^>]*>\s*Milk and Monads
dora fills /organise/barn-2027/talks/${milk} "Save"
  Title = Milk, Monads and Cheese
→ 303 *
olga GET /organise/barn-2027/talks
keep goats = /organise/barn-2027/talks/([A-Z0-9]{6})[^>]*>\s*Goats and Tests
dora POST /organise/barn-2027/talks/${goats}/remove
→ 403
dora GET /organise/barn-2027/settings
→ 403
olga GET /organise/barn-2027/slots
keep slot = /slots/(\d+)"[^>]*>\s*Goats and Tests
dora fills /organise/barn-2027/slots/${slot} "Save"
  Talk = Milk, Monads and Cheese (no slot yet)
→ 403
sql SELECT talks.title FROM slots JOIN talks ON talks.id = slots.talk_id WHERE slots.id = ${slot}
  Goats and Tests
sql SELECT COUNT(*) FROM mail_outbox WHERE kind = 'team_invitation'
  1

# The invitation's link signs Dora in. Olga may read the mail, and the link in it stays Dora's.
$ confer user add pia@example.org "Pia People"
$ confer user grant pia@example.org "organise people" --event barn-2027
pia signs in as pia@example.org
pia GET /organise/barn-2027/outbox
keep mail = /outbox/(\d+)
pia GET /organise/barn-2027/outbox/${mail}
→ 200
shows sign-in/link?token=…
pia GET /admin/outbox/${mail}
→ 403

# Whoever sees the addresses of one track's people does not see everybody's mails.
$ confer user add hal@example.org "Hal Host"
pia fills /organise/barn-2027/teams "Add the team"
  Name = Dairy hosts
  rights = people
  Dairy = yes
→ 303 *
keep hosts = /teams/(\d+)
pia fills /organise/barn-2027/teams/${hosts} "Add"
  member_name = Hal Host
  E-mail address = hal@example.org
→ 303 *
hal signs in as hal@example.org
hal GET /organise/barn-2027/outbox
→ 403
hal GET /organise/barn-2027/outbox/${mail}
→ 403
hal GET /organise/barn-2027
→ 200
hides Outbox

# A track that is removed still limits its team, whoever saves the team's form.
olga GET /organise/barn-2027/tracks
keep track = /tracks/(\d+)"[^>]*>\s*Dairy
olga POST /organise/barn-2027/tracks/${track}/remove
→ 303 *
olga fills /organise/barn-2027/teams/${team} "Save"
  Name = People of the dairy
→ 303 *
olga GET /organise/barn-2027/teams/${team}
shows Dairy (removed)
dora POST /organise/barn-2027/talks/${goats}/remove
→ 403
sql SELECT limited_to_tracks FROM teams WHERE name = 'People of the dairy'
  1
