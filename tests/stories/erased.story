# A person who asks to be forgotten is in no table, cache, export, search index or log, nor in the raw bytes of the database.
first barn
file canary.csv
  guid,title,speaker_names,room,start,duration,abstract
  5f9b8a9e-0a4f-4a0c-8b7e-000000000009,Songs of the Mine,Zerubbabel Quixwhistle,Loft,${today} 15:00,45,About canaries.
$ confer import --event barn-2027 canary.csv

# It was looked at in the browser, too, and left there.
olga fills /organise/barn-2027/import
  file = @canary.csv
→ 303 *
keep preview = (/organise/barn-2027/import/[0-9a-f]{64}[^\s]*)
olga GET ${preview}
→ 200
shows Songs of the Mine
file canary.csv
  gone
$ confer release 2.0 --event barn-2027
soon visitor GET /barn-2027/speakers
→ 200
shows Zerubbabel Quixwhistle
keep person = /speakers/([A-Z0-9]{6})[^>]*>\s*Zerubbabel
soon visitor GET /barn-2027/search?q=Quixwhistle
→ 200
shows Songs of the Mine

# The organiser knows an address of hers and a text; a move is told to her by a mail.
olga fills /organise/barn-2027/speakers/${person}/details "Save"
  About them = Raised by Quixwhistle canaries.
  E-mail = z.quixwhistle@example.net
→ 303 *
olga GET /organise/barn-2027/now
keep slot = /organise/barn-2027/now/(\d+)[^>]*>\s*Songs of the Mine
olga fills /organise/barn-2027/now/${slot} "Move"
  Start = ${today}T16:30
→ 303 *
soon olga GET /organise/barn-2027/outbox
shows z.quixwhistle@example.net
olga fills /organise/barn-2027/release "Release"
  Name = 3.0
→ 303 *
soon visitor GET /barn-2027/schedule.json
is schedule.version = "3.0"
soon visitor GET /barn-2027/releases/2.0
shows Quixwhistle
soon visitor GET /barn-2027/speakers/${person}
shows Raised by Quixwhistle canaries.
somewhere Quixwhistle
somewhere quixwhistle
olga GET /organise/barn-2027/speakers/${person}/export
→ 200
shows z.quixwhistle@example.net
shows Raised by Quixwhistle

# Dropped from the draft since, she still stands in what was released.
olga GET /organise/barn-2027/talks
keep talk = /organise/barn-2027/talks/([A-Z0-9]{6})[^>]*>\s*Songs of the Mine

# Her slides: nobody else speaks in this session, so they are hers, with what is in them and what they are called.
file zerubbabel-quixwhistle.pdf
  %PDF-1.4 Quixwhistle-in-the-slides
olga fills /organise/barn-2027/talks/${talk}/files "Upload"
  file = @zerubbabel-quixwhistle.pdf
  title = Slides of Quixwhistle
→ 303 *
olga fills /organise/barn-2027/talks/${talk}/files "Put online now"
→ 303 *
file zerubbabel-quixwhistle.pdf
  gone
olga GET /organise/barn-2027/talks/${talk}/files
keep slides = (/files/[A-Z0-9]{6}/zerubbabel-quixwhistle\.pdf)
visitor GET ${slides}
→ 200
body
  %PDF-1.4 Quixwhistle-in-the-slides
soon visitor GET /barn-2027/schedule.json
shows Slides of Quixwhistle
somewhere Quixwhistle-in-the-slides
# What stands at a session of two is the other one's, too, and stays when one of them goes.
file goats.pdf
  %PDF-1.4 Slides of two
olga GET /organise/barn-2027/talks
keep shared = /organise/barn-2027/talks/([A-Z0-9]{6})[^>]*>\s*Goats and Tests
olga POST /organise/barn-2027/talks/${shared}
  version = 1
  title = Goats and Tests
  language = en
  state = confirmed
  credit_place = 1
  credit_name = Bo Muster
  credit_role = speaker
  credit_person = 
  credit_place = 2
  credit_name = Zerubbabel Quixwhistle
  credit_role = speaker
  credit_person = ${person}
→ 303 *
olga fills /organise/barn-2027/talks/${shared}/files "Upload"
  file = @goats.pdf
  title = Slides of goats
→ 303 *
olga GET /organise/barn-2027/talks/${shared}/files
keep goats = (/files/[A-Z0-9]{6}/goats\.pdf)

# Whoever may only make the programme may do neither; nor may the people of one event for another's speaker.
$ confer user add peter@example.org "Peter Programme"
$ confer user grant peter@example.org programme --event barn-2027
peter signs in as peter@example.org
peter GET /organise/barn-2027/speakers/${person}/export
→ 403
peter GET /organise/barn-2027/speakers/${person}/details
→ 200
hides quixwhistle@example.net
peter POST /organise/barn-2027/speakers/${person}/erase
→ 403

olga POST /organise/barn-2027/speakers/${person}/erase
→ 303 *
soon visitor GET /barn-2027/speakers
hides Quixwhistle
soon visitor GET /barn-2027/schedule
shows Songs of the Mine
hides Quixwhistle
visitor GET /barn-2027/releases/2.0
→ 200
shows Songs of the Mine
hides Quixwhistle
visitor GET /barn-2027/search?q=Quixwhistle
→ 200
hides Songs of the Mine
visitor GET ${slides}
→ 410
olga GET ${goats}
→ 200
$ confer export --event barn-2027 --format schedule.json --release 2.0
soon nowhere Quixwhistle
olga GET ${preview}
→ 404
shows upload it again
stop
nowhere Quixwhistle
nowhere quixwhistle
nowhere QUIXWHISTLE
$ confer check
  0 problems

# Who has an account does it on the account's page.
serve
$ confer user add zed@example.net "Zed Zwiebelfrosch"
zed signs in as zed@example.net
zed fills /account "Erase my account"
  confirm = no
→ 422
zed fills /account "Erase my account"
  confirm = erase
→ 303 *
zed GET /account
→ 401
stop
nowhere Zwiebelfrosch
nowhere zed@example.net
