# Who is in the room says when a talk begins and ends: by a page for a phone, taken back when it was a mistake, and only by the recording team.
first barn
visitor GET /organise/barn-2027/cuts
→ 401
olga GET /organise/barn-2027/cuts
shows Stage timers, for whoever is in the room: Aula Loft
keep timer = (/organise/barn-2027/stage/[\w-]+)">Aula
visitor GET ${timer}
→ 401
olga GET /organise/barn-2027/stage/cellar
→ 404
olga GET ${timer}
→ 200
keep slot = slot=(\d+)[^>]*>\s*Sheep and Types
olga GET ${timer}?slot=${slot}
shows It begins now
olga POST ${timer}
  slot = 99999
  do = began
→ 404
olga POST ${timer}
  slot = ${slot}
  do = dance
→ 400
shows This form does not say what is to be marked.
olga POST ${timer}
  slot = ${slot}
  do = began
→ 303 ${timer}?done=marked
olga GET ${timer}
shows It ends now
shows Beginning of “
olga fills ${timer} "That was a mistake"
→ 303 *
olga GET ${timer}
hides It ends now
olga fills ${timer}?slot=${slot} "It begins now"
→ 303 *
olga fills ${timer} "It ends now"
→ 303 *
olga GET ${timer}
shows End of “
sql SELECT COUNT(*) FROM stage_marks WHERE slot = ${slot} AND part = '' AND began_at_ms IS NOT NULL AND ended_at_ms IS NOT NULL
  1
# Of a block each part: who begins ends who was on, and a mistake is one of both.
olga fills /organise/barn-2027/slots/${slot} "Save"
  Parts of a block (optional) = 0 10 Sheep in Rust | Ada Beispiel\n10 10 Sheep in Go | Dora Neu
→ 303 *
olga POST /organise/barn-2027/release
  name = 2.0
→ 303 *
soon olga GET ${timer}
shows Part: Sheep in Go
keep rust = part=([A-Z0-9]{6})[^>]*>\s*Part: Sheep in Rust
olga POST ${timer}
  slot = ${slot}
  part = NOSUCH
  do = began
→ 404
olga fills ${timer}?slot=${slot}&part=${rust} "It begins now"
→ 303 *
olga GET ${timer}
shows 1 of 2 of “Sheep and Types”
shows “Sheep in Go” begins now
olga fills ${timer} "“Sheep in Go” begins now"
→ 303 *
olga GET ${timer}
shows Beginning of “Sheep in Go”
shows 2 of 2 of “Sheep and Types”
sql SELECT COUNT(*) FROM stage_marks WHERE part = '${rust}' AND ended_at_ms IS NOT NULL
  1
olga fills ${timer} "That was a mistake"
→ 303 *
sql SELECT COUNT(*) FROM stage_marks WHERE part = '${rust}' AND ended_at_ms IS NULL
  1
olga fills ${timer} "It ends now"
→ 303 *
$ confer check
