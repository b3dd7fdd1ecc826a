# Stars without an account: a secret carries them to another device, a calendar follows them, and both can be ended.
first barn
visitor GET /barn-2027/schedule
keep sheep = /talks/([A-Z0-9]{6})[^>]*>\s*Sheep and Types
visitor GET /barn-2027/schedule
keep goats = /talks/([A-Z0-9]{6})[^>]*>\s*Goats and Tests
phone POST /stars
→ 200
keep token = "token":"([^"]+)"
phone POST /barn-2027/stars
  {"token":"${token}","marks":[{"talk":"${sheep}","starred":true,"at":1000},{"talk":"NOSUCH","starred":true,"at":1000}]}
→ 200
is marks = [{"talk": "${sheep}", "starred": true, "at": 1000}]

# The tablet took the star off earlier, in the mountains, and comes online later: the later deed stands.
tablet POST /barn-2027/stars
  {"token":"${token}","marks":[{"talk":"${sheep}","starred":false,"at":900},{"talk":"${goats}","starred":true,"at":901}]}
→ 200
phone POST /barn-2027/stars
  {"token":"${token}","marks":[]}
→ 200
shows "talk":"${sheep}","starred":true
shows "talk":"${goats}","starred":true

# A device that says what it knows hears only what differs: everything when it knows nothing, a sentence when what it says is no digest.
phone POST /barn-2027/stars
  {"token":"${token}","marks":[],"have":"00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"}
→ 200
shows "talk":"${sheep}","starred":true
shows "talk":"${goats}","starred":true
phone POST /barn-2027/stars
  {"token":"${token}","marks":[],"have":"0000"}
→ 400
shows 128 hexadecimal digits

phone POST /barn-2027/calendar-feed
  {"token":"${token}"}
→ 200
keep feed = "url":"([^"]+)"
app GET ${feed}
→ 200
header Content-Type: text/calendar*
shows Sheep and Types
shows Goats and Tests
hides Hens and Queues
phone POST /barn-2027/calendar-feed/revoke
  {"token":"${token}"}
→ 200
app GET ${feed}
→ 404

# Signed in, the phone's stars become the account's; the secret is stored nowhere as it is.
$ confer user add ida@example.org "Ida Attendee"
phone signs in as ida@example.org
phone POST /barn-2027/stars
  {"token":"${token}","marks":[]}
→ 200
phone POST /barn-2027/stars
  {"marks":[]}
→ 200
shows "talk":"${sheep}","starred":true
phone GET /account/export
→ 200
shows ${sheep}
nowhere ${token}

# Not JSON, not a star, not a list: a sentence, and nothing changed.
phone POST /barn-2027/stars
  {"marks":[{"talk":1}]}
→ 400
shows A mark has
