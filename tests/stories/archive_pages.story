# An archived edition: its talks are found, watched, cited and narrowed without a script; what changes shows; old addresses lead on.
first barn
olga fills /organise/series/barn/new "Add the event"
  What it is = archived
  Title = Barn Days 2011
  Address = barn-2011
  Year = 2011
  Public = yes
→ 303 /organise/barn-2011*
olga fills /organise/barn-2011/talks/new
  Title = Hay and Queues
  Abstract = What **lighthouses** taught us about hay.
  State = archived
→ 303 *
soon visitor GET /archive
→ 200
shows Hay and Queues
shows Barn Days 2011
keep talk = href="(/barn-2011/talks/[^"]+)"
visitor GET ${talk}
→ 200
shows Hay and Queues
shows lighthouses
shows @misc{
header Content-Security-Policy: default-src 'self'*
visitor GET /de${talk}
→ 200
shows Zitieren
visitor GET ${talk}x
→ 301 ${talk}
visitor GET /barn-2011
→ 200
shows Hay and Queues
visitor GET /de/barn-2011
→ 200
shows Das Archiv
visitor GET /archive/search?q=lighthouses
→ 200
shows Hay and Queues
shows 1 talk
visitor GET /archive/search?q=lighthuoses
→ 200
shows Hay and Queues
visitor GET /archive/search?q=hay&year=2011
→ 200
shows Hay and Queues
visitor GET /archive/search?q=hay&year=2010
→ 200
shows Nothing found
visitor GET /archive/search.json?q=lighth
→ 200
is total = 1
visitor GET /archive/series/barn
→ 200
shows Hay and Queues
visitor GET /archive/years/2011
→ 200
shows Hay and Queues
visitor GET /archive/surprise
→ 303 *
visitor GET /sitemap.xml
→ 200
shows /archive/sitemap/0.xml
visitor GET /archive/sitemap/0.xml
→ 200
shows ${talk}
visitor GET /archive/nothing
→ 404
visitor GET /video/123/of-old
→ 404

# Hidden, it is nowhere.
olga fills /organise/barn-2011/settings
  Public = no
→ 303 *
soon visitor GET /archive
hides Hay and Queues
visitor GET ${talk}
→ 404
visitor GET /barn-2011
→ 404
visitor GET /archive/search?q=lighthouses
hides Hay and Queues
