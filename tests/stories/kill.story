# What was acknowledged is there after the power went.
first barn
olga fills /organise/barn-2027/talks/new
  Title = Candles and Batteries
→ 303 *
kill -9
sql SELECT title FROM talks ORDER BY title
  Candles and Batteries
  Goats and Tests
  Hens and Queues
  Sheep and Types
serve
visitor GET /barn-2027/schedule
→ 200
shows Goats and Tests
olga fills /organise/barn-2027/release "Release"
  Name = 2.0
→ 303 *
kill -9
serve
soon visitor GET /barn-2027/schedule.json
→ 200
is schedule.version = "2.0"
$ confer check
  0 problems
