# Workers on other machines: over a shared folder, over a store, and what only one of them can read is left to that one. (PostgreSQL)
file data/confer.toml
  [media]
  cuts_here = false
  [files]
  folder = "${folder}/shared"
first barn
recording hall/aula-${today}_09-58-00.ts of 2100 s
$ confer recordings add --event barn-2027 --room Aula hall
prints Sheep and Types: whole
olga GET /organise/barn-2027/cuts
keep slot = /organise/barn-2027/cuts/(\d+)[^>]*>\s*Sheep and Types
olga POST /organise/barn-2027/cuts/${slot}
  do = begin
→ 303 *

# A worker whose files nobody else would see says so.
worker lonely refuses
exit 2
prints lonely/files is not the folder that the server keeps its files in
prints “files.folder”

# The server cuts nothing; this worker sees its files, but not the footage, which only the hall's machine has.
moved hall to unplugged
file upstairs/confer.toml
  machine = "upstairs"
  [files]
  folder = "${folder}/shared"
worker upstairs
soon olga GET /organise/barn-2027/cuts/${slot}
shows The worker on upstairs cannot read ${folder}/hall/aula-${today}_09-58-00.ts: it is left to one that can.
sql SELECT state, attempts FROM jobs WHERE kind = 'cutting.preview'
  0 | 0

# The hall's machine has it, and takes it at once.
moved unplugged to hall
file downstairs/confer.toml
  machine = "downstairs"
  [files]
  folder = "${folder}/shared"
worker downstairs
soon olga GET /organise/barn-2027/cuts/${slot}
shows waits for a look
hides cannot read
olga GET /organise/barn-2027/cuts/${slot}/preview.mp4
  Range: bytes=4-11
→ 206
has ftyp
worker upstairs ends
olga fills /organise/barn-2027/cuts/${slot} "Good, publish it"
  I have seen the beginning = yes
  I have seen the end = yes
→ 303 *
soon olga GET /organise/barn-2027/cuts/${slot}
shows Nothing is left to do
olga GET /organise/barn-2027/talks
keep sheep = /organise/barn-2027/talks/([A-Z0-9]{6})[^>]*>\s*Sheep and Types
soon visitor GET /barn-2027/talks/${sheep}-sheep-and-types
→ 200
keep video = (/barn-2027/talks/${sheep}/videos/\d+)
soon visitor GET ${video}
  Range: bytes=4-11
→ 206
has ftyp
worker downstairs ends
sql SELECT COUNT(*) FROM jobs WHERE state = 3
  0
$ confer check
