# Two organisers have the same talk open: the second who saves is told, and nothing of either is lost.
first barn
olga GET /organise/barn-2027/talks
keep talk = /organise/barn-2027/talks/([A-Z0-9]{6})[^>]*>\s*Goats and Tests
$ confer user add peter@example.org "Peter Programme"
$ confer user grant peter@example.org programme --event barn-2027
peter signs in as peter@example.org
olga fills /organise/barn-2027/talks/${talk} "Save"
  Title = Goats and Fences
→ 303 *
peter fills /organise/barn-2027/talks/${talk} "Save"
  version = 1
  Title = Goats and Gates
→ 422
shows Someone else
shows Goats and Gates
sql SELECT title FROM talks WHERE title LIKE 'Goats%'
  Goats and Fences

# Removed by mistake, and brought back.
peter POST /organise/barn-2027/talks/${talk}/remove
→ 303 *
keep undo = undo=([^&]+)
peter GET /organise/barn-2027/talks
→ 200
hides Goats
peter POST /organise/barn-2027/restore
  what = talk:2
→ 303 *
peter GET /organise/barn-2027/talks
shows Goats and Fences
olga GET /organise/barn-2027/audit
shows Peter Programme
shows talk removed
shows talk restored
