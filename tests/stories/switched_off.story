# What an organiser switches off is off everywhere: pages, scripts, addresses, exports.
first barn
olga GET /organise/barn-2027/talks
keep talk = /organise/barn-2027/talks/([A-Z0-9]{6})[^>]*>\s*Goats and Tests
olga fills /organise/barn-2027/talks/${talk} "Save"
  Feedback page = https://feedback.example.org/goats
→ 303 *
olga fills /organise/barn-2027/release "Release"
  Name = 2.0
→ 303 *
soon visitor GET /barn-2027/schedule.json
shows feedback.example.org
visitor GET /barn-2027/my
→ 200
visitor GET /barn-2027/schedule
has <confer-star data-talk="${talk}">
olga fills /organise/barn-2027/settings "Save"
  Stars: visitors gather their own schedule = no
  Live: open pages learn of changes at once = no
  Search = no
  A page of all speakers = no
  The schedule may be embedded in other sites = no
  Links to feedback pages = no
  The public API = no
→ 303 *
soon visitor GET /barn-2027/schedule.json
hides feedback.example.org
visitor GET /barn-2027/schedule.xml
hides feedback.example.org
soon visitor GET /barn-2027/my
→ 404
visitor GET /barn-2027/schedule
→ 200
shows Goats and Tests
lacks confer-star
visitor GET /barn-2027/list
→ 200
lacks confer-star
visitor GET /barn-2027/now
→ 200
lacks confer-star
visitor GET /barn-2027/talks/${talk}-goats-and-tests
→ 200
shows Goats and Tests
lacks confer-star
visitor GET /barn-2027/live
→ 404
visitor GET /barn-2027/search?q=goats
→ 404
visitor GET /barn-2027/speakers
→ 404
visitor GET /embed/barn-2027.json
→ 404
phone POST /stars
keep token = "token":"([^"]+)"
phone POST /barn-2027/stars
  {"token":"${token}","marks":[]}
→ 404
phone POST /barn-2027/calendar-feed
  {"token":"${token}"}
→ 404
visitor GET /api/v1/events/barn-2027
→ 404
