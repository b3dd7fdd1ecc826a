# Title and end cards: off at first; own templates refused with their line; speakers see their own before the event; the published video begins and ends with them.
first barn
olga GET /organise/barn-2027/talks
keep sheep = /organise/barn-2027/talks/([A-Z0-9]{6})[^>]*>\s*Sheep and Types
olga GET /organise/barn-2027/cards?talk=${sheep}
→ 200
shows Shown before a talk. It is not shown.
shows The built-in template.
has /organise/barn-2027/cards/title.png?talk=${sheep}
olga GET /organise/barn-2027/cards/title.png?talk=${sheep}
→ 200
header Content-Type: image/png
olga GET /organise/barn-2027/cards/apology.png?talk=${sheep}
→ 200
visitor GET /organise/barn-2027/cards
→ 401
visitor GET /organise/barn-2027/cards/title.png?talk=${sheep}
→ 401
olga GET /organise/barn-2027/cards/poster.png?talk=${sheep}
→ 404

# A speaker sees the card of her own talk, as soon as the event shows cards; of others there is none.
$ confer user add ada@example.org "Ada Beispiel"
ada signs in as ada@example.org
ada GET /account/export
keep code = "code":"([A-Z0-9]{6})"
olga fills /organise/barn-2027/talks/new
  Title = Lambs and Proofs
  State = confirmed
  credit_name = Ada Bespiel
  credit_person = ${code}
→ 303 *
olga GET /organise/barn-2027/talks
keep lambs = /organise/barn-2027/talks/([A-Z0-9]{6})[^>]*>\s*Lambs and Proofs
ada GET /account/cards
→ 200
shows No talk of yours has a title card.
olga fills /organise/barn-2027/cuts "Save"
  Seconds of the title card = 61
→ 422
shows Between 0 and 60 seconds.
olga fills /organise/barn-2027/cuts "Save"
  Seconds of the title card = 5
  Seconds of the end card = 3
  Licence of what is published (optional) = CC-BY-4.0
→ 303 /organise/barn-2027/cuts?done=saved
ada GET /account/cards
→ 200
shows Lambs and Proofs
has Ada Bespiel
hides Sheep and Types
ada GET /account/cards/${lambs}.png
→ 200
header Content-Type: image/png
ada GET /account/cards/${sheep}.png
→ 404
visitor GET /account/cards/${lambs}.png
→ 401

# A template of one's own: what cannot be drawn is refused beside the field, with its line.
file wrong.svg
  <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1600 900">
  <text x="10" y="100" font-size="60">{{titel}}</text></svg>
file outside.svg
  <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1600 900">
  <image href="file:///etc/passwd" width="10" height="10"/></svg>
file broken.svg
  <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1600 900">
  <text>{{title}}</svg>
file own.svg
  <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1600 900"><rect width="1600" height="900" fill="{{color}}"/>
  <text data-box="100 100 1400 700" font-size="100" fill="{{ink}}">{{title}}</text></svg>
olga POST /organise/barn-2027/cards
  kind = title
  svg_title = @wrong.svg
→ 422
shows Line 2: there is no “{{titel}}”. Places are named
olga POST /organise/barn-2027/cards
  kind = title
  svg_title = @outside.svg
→ 422
shows lies outside of the file
olga POST /organise/barn-2027/cards
  kind = title
  svg_title = @broken.svg
→ 422
shows Line 2: this is no XML that can be read
olga POST /organise/barn-2027/cards
  kind = title
→ 422
shows Choose a file.
sql SELECT COUNT(*) FROM card_templates
  0
olga POST /organise/barn-2027/cards
  kind = title
  talk = ${sheep}
  svg_title = @own.svg
→ 303 /organise/barn-2027/cards?talk=${sheep}&done=saved
olga GET /organise/barn-2027/cards
shows A template of your own.
olga GET /organise/barn-2027/cards/title.svg
→ 200
header Content-Type: text/plain*
header Content-Disposition: attachment; filename="title.svg"*
has data-box="100 100 1400 700"
olga GET /organise/barn-2027/cards/title.png?talk=${sheep}
→ 200

# What people look at has no cards, and shows the title card beside it; what goes online has both.
recording media/aula-${today}_10-05-00.ts of 60 s
$ confer recordings add --event barn-2027 --room Aula media
olga GET /organise/barn-2027/cuts
keep slot = /organise/barn-2027/cuts/(\d+)[^>]*>\s*Sheep and Types
olga POST /organise/barn-2027/cuts/${slot}
  do = begin
→ 303 *
soon olga GET /organise/barn-2027/cuts/${slot}
shows waits for a look
olga POST /organise/barn-2027/cuts/${slot}
  do = link
keep token = review\?token=([A-Za-z0-9_-]{43})
visitor GET /review?token=${token}
→ 200
has /review/card.png?token=${token}
visitor GET /review/card.png?token=${token}
→ 200
header Content-Type: image/png
visitor GET /review/card.png?token=wrong
→ 404
olga fills /organise/barn-2027/cuts/${slot} "Good, publish it"
  I have seen the beginning = yes
  I have seen the end = yes
→ 303 *
soon sql SELECT length_seconds FROM videos
  68
sql SELECT online_title_ms FROM cuts
  5000
olga POST /organise/barn-2027/cards
  kind = title
  do = built_in
→ 303 *
sql SELECT COUNT(*) FROM card_templates
  0
$ confer check
  0 problems
