# A person who asks to be forgotten is in no table, cache, export, search index or log, nor in the raw bytes of the database.
first barn
file canary.csv
  guid,title,speaker_names,room,start,duration,abstract
  5f9b8a9e-0a4f-4a0c-8b7e-000000000009,Songs of the Mine,Zerubbabel Quixwhistle,Loft,${today} 15:00,45,About canaries.
$ confer import --event barn-2027 canary.csv
file canary.csv
  gone
$ confer release 2.0 --event barn-2027
soon visitor GET /barn-2027/speakers
→ 200
shows Zerubbabel Quixwhistle
visitor GET /barn-2027/search?q=Quixwhistle
→ 200
shows Songs of the Mine
somewhere Quixwhistle
