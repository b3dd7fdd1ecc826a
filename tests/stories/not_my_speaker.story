# A team may correct the people it alone credits, but not those who have an account or speak elsewhere, too.
first barn
$ confer user add peter@example.org "Peter Programme"
$ confer user grant peter@example.org "programme people" --event barn-2027
peter signs in as peter@example.org
olga fills /organise/series/barn/new "Add the event"
  Title = Barn Days 2028
  Address = barn-2028
  Time zone of the venue = UTC
  First day = 2028-05-04
  Last day = 2028-05-04
→ 303 /organise/barn-2028*
olga GET /organise/barn-2027/speakers
keep bo = /organise/barn-2027/speakers/([A-Z0-9]{6})[^>]*>\s*Bo Muster

# Whom his event alone credits he may correct.
peter fills /organise/barn-2027/speakers/${bo}/details "Save"
  About them = Tests goats.
  E-mail = bo@example.net
→ 303 *
sql SELECT biography, contact_email FROM persons WHERE name = 'Bo Muster'
  Tests goats. | bo@example.net

# Somebody who runs the installation, credited by Peter with the code that stands in her data.
olga GET /account/export
keep code = "code":"([A-Z0-9]{6})"
peter fills /organise/barn-2027/talks/new
  Title = With Olga
  credit_name = Olga Organiser
  credit_person = ${code}
→ 303 *
peter GET /organise/barn-2027/speakers/${code}/details
→ 200
shows Olga Organiser has an account here, and changes this on the account’s page.
hides Save
peter POST /organise/barn-2027/speakers/${code}/details
  version = 1
  name = Olga the Fool
  biography = Mine now.
  contact_email = peter@example.org
→ 403
shows has an account here
sql SELECT name || '/' || biography || '/' || contact_email FROM persons WHERE code = '${code}'
  Olga Organiser//

# Bo speaks in the other event, too: what stands there is not Peter's to change.
olga fills /organise/barn-2028/talks/new
  Title = Goats Again
  credit_name = Bo Muster
  credit_person = ${bo}
→ 303 *
peter GET /organise/barn-2027/speakers/${bo}/details
→ 200
shows Bo Muster is credited in another event, too, whose programme you may not change.
shows Tests goats.
peter POST /organise/barn-2027/speakers/${bo}/details
  version = 2
  name = Bo Muster
  contact_email = peter@example.org
→ 403
# With the programme of both, but the people of one: the texts, not the address.
$ confer user grant peter@example.org programme --event barn-2028
soon peter POST /organise/barn-2027/speakers/${bo}/details
  version = 2
  name = Bo Muster
  biography = Tests goats twice.
  contact_email = peter@example.org
→ 303 *
sql SELECT biography, contact_email FROM persons WHERE code = '${bo}'
  Tests goats twice. | bo@example.net
# Whoever runs the installation may do all of it.
olga fills /organise/barn-2027/speakers/${bo}/details "Save"
  E-mail = new@example.net
→ 303 *
sql SELECT contact_email FROM persons WHERE code = '${bo}'
  new@example.net
