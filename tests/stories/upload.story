# The file comes by the browser: looked at first, imported then, and refused with its place when it is broken.
first barn
file more.csv
  guid,title,speakers,room,start,duration
  5f9b8a9e-0a4f-4a0c-8b7e-00000000000a,Ducks in a Row,Dee Dummy,Aula,${today} 14:00,30
olga fills /organise/barn-2027/import
  file = @more.csv
→ 303 *
keep preview = (/organise/barn-2027/import/[0-9a-f]{64}[^\s]*)
olga GET ${preview}
→ 200
shows Ducks in a Row
sql SELECT COUNT(*) FROM talks
  3
olga fills ${preview} "Import into the draft"
→ 303 *
sql SELECT COUNT(*) FROM talks
  4
olga GET ${preview}
→ 404
shows upload it again
file broken.xml
  <schedule><day date="2027-05-04"><room name="A"><event
olga fills /organise/barn-2027/import
  file = @broken.xml
→ 303 *
keep preview = (/organise/barn-2027/import/[0-9a-f]{64}[^\s]*)
olga GET ${preview}
shows line 1
sql SELECT COUNT(*) FROM talks
  4
visitor GET /barn-2027/
→ 301 /barn-2027
