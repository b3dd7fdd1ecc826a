# A program reads the programme: what is released for anybody, the draft by a token that its person made and revoked.
first barn
site GET /api/v1/events
→ 200
header Access-Control-Allow-Origin: *
is items.0.slug = "barn-2027"
site GET /api/v1/events/barn-2027/schedule?lang=en
→ 200
is release = "1.0"
is slots.0.title.en = "Sheep and Types"
is slots.2.length_minutes = 45


# A parameter that does not exist is no filter that finds everything.
site GET /api/v1/events/barn-2027/talks?trak=web
→ 422
header Content-Type: application/problem+json
is code = "invalid"

# The draft is for a token with the scope, of somebody with the right.
site GET /api/v1/events/barn-2027/draft
→ 401
header WWW-Authenticate: Bearer
olga fills /account "Make a token"
  What is it for? = Site generator
  read_draft: the programme before it is released, and events that are not public yet = yes
→ 200
keep token = id="new_token"[^>]*value="([^"]+)"
site GET /api/v1/events/barn-2027/draft
  Authorization: Bearer ${token}
→ 200
is changes = []
file more.csv
  guid,title,Speaker_Names,room,start,duration,abstract
  5f9b8a9e-0a4f-4a0c-8b7e-000000000004,Pigs and Proofs,Bo Muster,Loft,${today} 14:00,30,About pigs.
$ confer import --event barn-2027 more.csv
site GET /api/v1/events/barn-2027/draft
  Authorization: Bearer ${token}
is changes.0.kind = "added"
is changes.0.title = "Pigs and Proofs"
site GET /api/v1/events/barn-2027/talks
hides About pigs.
site GET /api/v1/events/barn-2027/contacts
  Authorization: Bearer ${token}
→ 403

# The token opens nothing else.
site GET /organise/barn-2027/talks
  Authorization: Bearer ${token}
→ 401
olga GET /account
keep revoke = action="(/account/tokens/\d+/revoke)"
olga POST ${revoke}
→ 303 *
site GET /api/v1/events/barn-2027/draft
  Authorization: Bearer ${token}
→ 401

# The machine's keeper makes one without a browser.
$ confer user token olga@example.org --label "nightly copy" --scopes "read_draft read_people" --event barn-2027 --days 1
keep token = (\S+)
site GET /api/v1/events/barn-2027/contacts
  Authorization: Bearer ${token}
→ 200
$ confer user token olga@example.org --label x --scopes write_all
exit 2
prints “write_all” is not a scope.

# What everybody may hear of.
$ confer release 1.1 --event barn-2027
site GET /api/v1/events/barn-2027/facts
→ 200
is items.0.name = "schedule.released"
site GET /api/v1/events/barn-2027/releases/1.1
is against = "1.0"
is changes.0.after.room = "loft"
site GET /api
→ 200
shows GET /api/v1/events/{event}/schedule
