# What an organiser changed here survives the next import of the file; what changed there arrives; nothing comes twice.
first barn
olga GET /organise/barn-2027/talks
keep talk = /organise/barn-2027/talks/([A-Z0-9]{6})[^>]*>\s*Goats and Tests
olga fills /organise/barn-2027/talks/${talk} "Save"
  Title = Goats, Tests and Fences
→ 303 *
file again.csv
  guid,title,speaker_names,room,start,duration,abstract
  5f9b8a9e-0a4f-4a0c-8b7e-000000000001,Sheep and Strong Types,Ada Beispiel,Aula,${today} 10:00,30,About sheep.
  5f9b8a9e-0a4f-4a0c-8b7e-000000000002,Goats and Trials,Bo Muster,Aula,${today} 11:30,30,About goats.
  5f9b8a9e-0a4f-4a0c-8b7e-000000000003,Hens and Queues,Ada Beispiel; Cleo Probe,Loft,${today} 12:00,45,About hens.
$ confer import --event barn-2027 again.csv --dry-run
sql SELECT COUNT(*) FROM talks WHERE title = 'Sheep and Strong Types'
  0
$ confer import --event barn-2027 again.csv --report report.json
  0 added, 2 updated, 7 unchanged, 0 removed, 1 kept as edited here, 0 oddities
    kept: talk “Goats, Tests and Fences”, title: “Goats, Tests and Fences”, not “Goats and Trials”
  …
sql SELECT title FROM talks ORDER BY title
  Goats, Tests and Fences
  Hens and Queues
  Sheep and Strong Types
sql SELECT COUNT(*) FROM slots
  3
sql SELECT COUNT(*) FROM persons WHERE name LIKE 'Ada%'
  1

# A third time: nothing is left to do.
$ confer import --event barn-2027 again.csv
  0 added, 0 updated, …
  …
sql SELECT COUNT(*) FROM talks
  3

# Visitors see nothing of all this before it is released.
visitor GET /barn-2027/schedule
shows Goats and Tests
hides Fences
olga fills /organise/barn-2027/release "Release"
  Name = 2.0
→ 303 *
soon visitor GET /barn-2027/schedule
shows Goats, Tests and Fences
shows 11:30
visitor GET /barn-2027/changes
→ 200
shows 2.0
