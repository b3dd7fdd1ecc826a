# What a form cannot accept comes back with what was typed and a sentence at the field; nothing is stored.
first barn
olga fills /organise/series "Add the series"
  Title = Another
  Address = Barn Yard!
→ 422
shows Barn Yard!
shows small letters, digits and hyphens
olga fills /organise/series/barn "Save"
  Address = -
→ 422
olga fills /organise/series/barn/new "Copy"
  Title = Copy
  Address = barn-2027
  First day = 2028-05-09
→ 422
shows taken
olga fills /organise/series/barn/new "Copy"
  Title = Copy
  Address = barn-2028
  First day = tomorrow
→ 422
shows tomorrow
olga fills /organise/barn-2027/settings
  First day = 2027-05-04
  Last day = 2027-05-03
→ 422
shows The last day lies before the first.
olga fills /organise/barn-2027/rooms/new
  Name = Cellar
  Seats = many
→ 422
shows many
olga fills /organise/barn-2027/tracks/new
  Name = 
→ 422
olga fills /organise/barn-2027/types/new
  Name = Talk
  Minutes = 0
→ 422
olga fills /organise/barn-2027/pages/new
  Title = 
→ 422
olga fills /organise/barn-2027/talks/new
  Title = 
→ 422
olga fills /organise/barn-2027/slots/new "Save"
  Start = ${today}T25:00
→ 422
olga fills /organise/barn-2027/slots/new "Save"
  Room = Aula
  Minutes = -5
→ 422
olga POST /organise/barn-2027/release
  name = 
→ 422
olga fills /organise/barn-2027/release "Reset the draft"
  confirm = maybe
→ 422
olga fills /organise/barn-2027/teams "Add the team"
  Name = Nobody
→ 422
shows Choose at least one.
olga fills /organise/barn-2027/banner
  Text = 
→ 303 *
olga fills /account "Save"
  Name = 
→ 422
olga fills /account "Change the password"
  New password = short
→ 422
olga fills /account "Make a token"
  What is it for? = 
→ 422
olga POST /organise/barn-2027/restore
  what = cake:1
→ 400
olga POST /organise/barn-2027/slots/swap
  a = 1
  b = none
→ 404
olga POST /organise/barn-2027/talks
  talk = NOSUCH
  set_state = accepted
→ 404
sql SELECT COUNT(*) FROM events
  1
sql SELECT COUNT(*) FROM rooms
  2
$ confer check
  0 problems
