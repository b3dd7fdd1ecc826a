# Power goes while a talk is cut, while it is published, and right after: it arrives all the same, once, and no half file is seen.
first barn
recording media/aula-${today}_09-58-00.ts of 2100 s
$ confer recordings add --event barn-2027 --room Aula media
olga GET /organise/barn-2027/cuts
keep slot = /organise/barn-2027/cuts/(\d+)[^>]*>\s*Sheep and Types
olga POST /organise/barn-2027/cuts/${slot}
  do = begin
→ 303 *
kill -9
leases end
serve
soon olga GET /organise/barn-2027/cuts/${slot}
→ 200
shows waits for a look
sql SELECT COUNT(*) FROM cuts
  1
sql SELECT COUNT(*) FROM journal_facts WHERE name = 'cut.ready'
  1
olga fills /organise/barn-2027/cuts/${slot} "Good, publish it"
  I have seen the beginning = yes
  I have seen the end = yes
→ 303 *
kill -9
leases end
serve
soon sql SELECT stage FROM cuts
  5
kill -9
serve
sql SELECT COUNT(*) FROM videos
  1
sql SELECT COUNT(*) FROM journal_facts WHERE name = 'cut.published'
  1
soon visitor GET /barn-2027/schedule
→ 200
olga GET /organise/barn-2027/cuts/${slot}
shows Nothing is left to do
$ confer check
