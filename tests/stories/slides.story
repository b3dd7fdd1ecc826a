# Slides are uploaded, released, put online at once, removed, brought back and erased for good; they are downloads, never pages of the site.
first barn
olga GET /organise/barn-2027/talks
keep talk = /organise/barn-2027/talks/([A-Z0-9]{6})[^>]*>\s*Goats and Tests
file slides.pdf
  %PDF-1.4 Goat slides
file page.html
  <script>alert(1)</script>
file lies.pdf
  <!DOCTYPE html><script>alert(1)</script>

# What a browser could run is refused beside the field, and what was typed stays.
olga fills /organise/barn-2027/talks/${talk}/files "Upload"
  file = @page.html
  title = My typed title
→ 422
shows Put anything else, such as web pages or code, into a .zip.
shows My typed title
olga fills /organise/barn-2027/talks/${talk}/files "Upload"
  file = @lies.pdf
→ 422
shows what is in it is something else
olga POST /organise/barn-2027/talks/${talk}/files/upload
  title = Nothing
→ 422
shows Choose a file first.
sql SELECT COUNT(*) FROM talk_files
  0

# Uploaded, it is the organisers' alone until it is released.
olga fills /organise/barn-2027/talks/${talk}/files "Upload"
  file = @slides.pdf
  title = Slides of goats
→ 303 /organise/barn-2027/talks/*/files?done=uploaded
olga GET /organise/barn-2027/talks/${talk}/files
→ 200
shows waits for a release
keep file = (/files/[A-Z0-9]{6}/slides\.pdf)
keep code = /files/([A-Z0-9]{6})/
visitor GET ${file}
→ 404
olga GET ${file}
→ 200
header Cache-Control: private, no-store
header Content-Disposition: attachment; filename="slides.pdf"*
header Content-Security-Policy: sandbox; default-src 'none'
header X-Content-Type-Options: nosniff
body
  %PDF-1.4 Goat slides
olga GET /organise/barn-2027/talks/${talk}
shows Slides of goats
visitor GET /barn-2027/schedule.json
hides Slides of goats

# One tap puts it online, and nothing else of the draft.
olga fills /organise/barn-2027/talks/${talk} "Save"
  Title = Goats and Tests, but not yet
→ 303 *
olga fills /organise/barn-2027/talks/${talk}/files "Put online now"
→ 303 *done=corrected
visitor GET ${file}
→ 200
header Content-Type: application/pdf
header Cache-Control: public, no-cache
header Content-Disposition: attachment; filename="slides.pdf"*
header X-Content-Type-Options: nosniff
header Content-Security-Policy: sandbox; default-src 'none'
visitor GET ${file}
  Range: bytes=0-4
→ 206
body
  %PDF-
soon visitor GET /barn-2027/schedule.json
shows Slides of goats
shows ${address}${file}
hides but not yet
visitor GET /barn-2027/schedule.xml
shows ${address}${file}
visitor GET /barn-2027/schedule2.json
shows ${address}${file}
visitor GET /barn-2027/talks/${talk}-goats-and-tests
→ 200
shows Slides of goats PDF, 1 kB
visitor GET /api/v1/events/barn-2027/talks/${talk}
→ 200
is attachments.0.url = "${address}${file}"
is attachments.0.kind = "slides"
olga GET /organise/barn-2027/talks/${talk}
shows Goats and Tests, but not yet

# An export that comes back changes nothing of it.
$ confer export --event barn-2027 --format schedule.json --output back.json
$ confer import --event barn-2027 back.json
sql SELECT COUNT(*) FROM talk_files WHERE removed_at_ms IS NULL
  1
sql SELECT COUNT(*) FROM talks WHERE attachments LIKE '%files%'
  0

# Removed from the draft it stays in the release, and comes back by Undo.
olga fills /organise/barn-2027/talks/${talk}/files "Remove"
→ 303 *undo=file*
olga GET /organise/barn-2027/talks/${talk}/files
shows No files yet
shows still public
visitor GET ${file}
→ 200
olga POST /organise/barn-2027/restore
  what = file:${code}
→ 303 /organise/barn-2027/talks/${talk}/files*
olga GET /organise/barn-2027/talks/${talk}/files
hides No files yet
$ confer check
  0 problems

# Another event's people know nothing of it; nor may they touch it.
$ confer user add peter@example.org "Peter Programme"
peter signs in as peter@example.org
peter GET /organise/barn-2027/talks/${talk}/files
→ 403
peter POST /organise/barn-2027/talks/${talk}/files/pieces
→ 403
peter POST /organise/barn-2027/talks/${talk}/files/${code}/erase
→ 403

# A backup carries it into the other database.
$ confer backup all.tar.zst
other database
$ confer restore all.tar.zst
$ confer check
  0 problems
serve
soon visitor GET ${file}
→ 200
body
  %PDF-1.4 Goat slides
somewhere Goat slides

# Erased for good, it is gone from the disk and from every release, and its address says so.
olga GET /organise/barn-2027/talks/${talk}/files
olga fills /organise/barn-2027/talks/${talk}/files "Remove"
→ 303 *
olga fills /organise/barn-2027/talks/${talk}/files "Erase “Slides of goats”"
→ 303 *done=erased
visitor GET ${file}
→ 410
soon visitor GET /barn-2027/schedule.json
hides Slides of goats
soon visitor GET /barn-2027/talks/${talk}-goats-and-tests
hides Slides of goats
$ confer check
  0 problems
