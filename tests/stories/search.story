# Search forgives: other forms of a word, accents, a typing error; it finds what is released and nothing else.
first barn
soon visitor GET /barn-2027/search?q=goat
→ 200
shows Goats and Tests
hides Sheep and Types
visitor GET /barn-2027/search?q=testing
shows Goats and Tests
visitor GET /barn-2027/search?q=BEISPIEL
shows Sheep and Types
shows Hens and Queues
visitor GET /barn-2027/search?q=%22hens+and%22
shows Hens and Queues
hides Sheep
visitor GET /barn-2027/search?q=queeus
shows Nobody says it quite like that. This is what was found for queues
visitor GET /barn-2027/search?q=,
→ 200
visitor GET /barn-2027/search?q=walrus
shows Nothing found

# The draft is not found before it is released.
olga fills /organise/barn-2027/talks/new
  Title = Walrus and Carpenter
→ 303 *
visitor GET /barn-2027/search?q=walrus
shows Nothing found
olga fills /organise/barn-2027/slots/new "Save"
  Talk = Walrus and Carpenter (no slot yet)
  Room = Loft
  Start = ${today}T16:00
→ 303 *
olga fills /organise/barn-2027/release "Release"
  Name = 2.0
→ 303 *
soon visitor GET /barn-2027/search?q=walrus
shows Walrus and Carpenter
