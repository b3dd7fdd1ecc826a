# The list of speakers: who has not confirmed is found, many are changed at once, and all of it can be taken back.
first barn
olga GET /organise/barn-2027/speakers
→ 200
shows 3 of 3 speakers
keep bo = /organise/barn-2027/speakers/([A-Z0-9]{6})[^>]*>\s*Bo Muster
keep ada = /organise/barn-2027/speakers/([A-Z0-9]{6})[^>]*>\s*Ada Beispiel
olga GET /organise/barn-2027/talks
keep sheep = /organise/barn-2027/talks/([A-Z0-9]{6})[^>]*>\s*Sheep and Types
keep hens = /organise/barn-2027/talks/([A-Z0-9]{6})[^>]*>\s*Hens and Queues
olga POST /organise/barn-2027/talks
  talk = ${sheep}
  talk = ${hens}
  set_state = accepted
→ 303 *
olga fills /organise/barn-2027/speakers/${bo}/details "Save"
  E-mail = bo@example.net
  Address of a picture = https://example.net/bo.jpg
→ 303 *

# Filters: each leaves out who does not fit.
olga GET /organise/barn-2027/speakers?sessions=unconfirmed
shows 2 of 3 speakers
shows Ada Beispiel
shows 2 to confirm
shows Cleo Probe
hides Bo Muster
olga GET /organise/barn-2027/speakers?sessions=several
shows 1 of 3 speakers
shows Ada Beispiel
olga GET /organise/barn-2027/speakers?q=BO@example
shows 1 of 3 speakers
shows Bo Muster
olga GET /organise/barn-2027/speakers?missing=picture
shows 2 of 3 speakers
hides Bo Muster
olga GET /organise/barn-2027/speakers?missing=address&sessions=placed
shows 2 of 3 speakers
olga GET /organise/barn-2027/speakers?sessions=off
shows 0 of 3 speakers
shows No speakers here.

# One of the two confirms, whatever else is shown: both of her sessions, and the one she shares.
olga POST /organise/barn-2027/speakers?sessions=unconfirmed
  speaker = ${ada}
  set_sessions = confirm
→ 303 /organise/barn-2027/speakers?sessions=unconfirmed&done=saved&undo=speakers*
keep noted = \n(/organise\S*undo=\S*)
sql SELECT title, state FROM talks ORDER BY title
  Goats and Tests | 3
  Hens and Queues | 3
  Sheep and Types | 3
olga GET /organise/barn-2027/speakers?sessions=unconfirmed
shows 0 of 3 speakers
olga fills ${noted} "Undo"
→ 303 /organise/barn-2027/speakers?done=changed-back
sql SELECT title, state FROM talks ORDER BY title
  Goats and Tests | 3
  Hens and Queues | 2
  Sheep and Types | 2

# All that are shown, in their sessions and their times; somebody who was away keeps that when it is taken back.
olga fills /organise/barn-2027/speakers/${ada} "Save"
  Away in between = ${today} 20:00–21:00
→ 303 *
olga POST /organise/barn-2027/speakers?sessions=unconfirmed
  all = 1
  set_sessions = confirm
  set_times = away_${today}
→ 303 *
keep noted = \n(/organise\S*undo=\S*)
olga GET /organise/barn-2027/speakers?times=limited
shows 2 of 3 speakers
shows never
shows clash
olga GET /organise/barn-2027/speakers?times=clash
shows 2 of 3 speakers
hides Bo Muster
olga fills ${noted} "Undo"
→ 303 *
olga GET /organise/barn-2027/speakers?times=limited
shows 1 of 3 speakers
shows 20:00–21:00
sql SELECT state FROM talks WHERE title = 'Hens and Queues'
  2

# What was changed since then is not overwritten: neither a session nor somebody's times, and nothing else either.
olga POST /organise/barn-2027/speakers
  speaker = ${ada}
  set_sessions = confirm
→ 303 *
keep noted = \n(/organise\S*undo=\S*)
olga fills /organise/barn-2027/talks/${hens} "Save"
  Title = Hens and Stacks
→ 303 *
olga fills ${noted} "Undo"
→ 409
shows “Hens and Stacks” was changed since then, so nothing was taken back.
sql SELECT title, state FROM talks ORDER BY title
  Goats and Tests | 3
  Hens and Stacks | 3
  Sheep and Types | 3
olga POST /organise/barn-2027/speakers
  speaker = ${bo}
  set_times = away_${today}
→ 303 *
keep noted = \n(/organise\S*undo=\S*)
olga POST /organise/barn-2027/speakers
  speaker = ${bo}
  set_times = always
→ 303 *
olga fills ${noted} "Undo"
→ 409
shows “Bo Muster” was changed since then
olga POST /organise/barn-2027/restore
  what = speakers:nonsense
→ 400
shows It is not clear what to take back.

# Nothing chosen, nothing to do, and a day that is not the event's.
olga POST /organise/barn-2027/speakers
  set_sessions = confirm
→ 303 /organise/barn-2027/speakers?done=nothing
olga POST /organise/barn-2027/speakers
  all = 1
  set_sessions = confirm
→ 303 /organise/barn-2027/speakers?done=nothing
olga POST /organise/barn-2027/speakers
  speaker = ${bo}
  set_times = away_2031-01-01
→ 422
shows Choose one of the event’s days.
has value="${bo}" aria-label="Choose Bo Muster" checked

# A name alone has times as soon as they are set, one by one or with others.
olga fills /organise/barn-2027/talks/new
  Title = Cows
  credit_name = Dan "Bull" Example
→ 303 *
olga GET /organise/barn-2027/speakers
shows Times and details of Dan
olga POST /organise/barn-2027/speakers
  speaker = name:Dan "Bull" Example
  set_times = away_${today}
  set_sessions = unconfirm
→ 303 *
keep noted = \n(/organise\S*undo=\S*)
olga GET /organise/barn-2027/speakers?times=limited
shows Dan "Bull" Example
hides Times and details of
olga fills ${noted} "Undo"
→ 303 *
olga GET /organise/barn-2027/speakers?times=limited
hides Dan

# Addresses, for those who may see them.
olga GET /organise/barn-2027/speakers/addresses?all=1
→ 200
shows 1 address of 4 chosen speakers
shows "Bo Muster" <bo@example.net>
has href="mailto:?bcc=bo%40example.net"
shows Without an address
shows Cleo Probe
olga GET /organise/barn-2027/speakers/addresses?sessions=several
→ 303 /organise/barn-2027/speakers?sessions=several&done=nothing
$ confer user add peter@example.org "Peter Programme"
$ confer user grant peter@example.org programme --event barn-2027
peter signs in as peter@example.org
peter GET /organise/barn-2027/speakers?q=bo@example
→ 200
shows 0 of 4 speakers
peter GET /organise/barn-2027/speakers
hides bo@example.net
lacks speakers/addresses
peter GET /organise/barn-2027/speakers/addresses?all=1
→ 403
