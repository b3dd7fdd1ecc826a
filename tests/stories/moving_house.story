# A backup written while serving fills the other database; people, sessions and programme are as before.
first barn
$ confer backup all.tar.zst
other database
$ confer restore all.tar.zst
serve
visitor GET /barn-2027/schedule
→ 200
shows Hens and Queues
visitor GET /barn-2027/search?q=hens
→ 200
shows Hens and Queues
olga GET /organise/barn-2027
→ 200
olga fills /organise/barn-2027/talks/new
  Title = After the move
→ 303 *
$ confer check
  0 problems

# Restoring over data is refused and changes nothing.
$ confer restore all.tar.zst
exit 2
sql SELECT COUNT(*) FROM talks
  4
