# Who may not know of an event finds no trace of it; its organisers see it.
first barn
olga fills /organise/barn-2027/settings "Save"
  Public = no
→ 303 *
soon visitor GET /barn-2027
→ 404
visitor GET /barn-2027/schedule.ics
→ 404
visitor GET /barn-2027/index.json
→ 404
# What needs a sign-in says so, whether there is such an event or not.
visitor GET /organise/barn-2027
→ 401
visitor GET /organise/there-is-none
→ 401
soon visitor GET /
→ 200
hides Barn Days 2027
soon visitor GET /sitemap.xml
→ 200
hides barn-2027
$ confer user add sam@example.org "Sam Stranger"
sam signs in as sam@example.org
sam GET /organise/barn-2027
→ 404
shows There is no such page.
sam GET /organise/there-is-none
→ 404
shows There is no such page.
sam POST /organise/barn-2027/release
  name = 6.6.6
→ 404
$ confer user grant sam@example.org programme --event barn-2027
soon sam GET /organise/barn-2027
→ 200
sam GET /organise/barn-2027/settings
→ 403
olga GET /organise/barn-2027
→ 200
