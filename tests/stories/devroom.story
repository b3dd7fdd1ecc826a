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
