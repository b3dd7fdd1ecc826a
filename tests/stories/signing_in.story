# Signing up and in: the link asks for a click, works once, and no answer tells who has an account.
first barn
guest fills /sign-up
  Name = Gerda Guest
  E-mail = gerda@example.org
  Password = a long enough secret
→ 303 *
guest GET /account
→ 401
guest fills /sign-in "Sign in"
  E-mail = gerda@example.org
  Password = a long enough secret
→ 422
shows Address and password do not fit, or the address is not confirmed yet.
guest fills /sign-in "Sign in"
  E-mail = nobody@example.org
  Password = a long enough secret
→ 422
shows Address and password do not fit, or the address is not confirmed yet.

# Without a mail server the mails can be read in the outbox.
olga GET /admin/outbox
→ 200
shows gerda@example.org
sql SELECT COUNT(*) FROM mail_outbox WHERE to_address = 'gerda@example.org'
  1
olga GET /admin/outbox
keep mail = /admin/outbox/(\d+)
olga GET /admin/outbox/${mail}
→ 200
keep link = (/sign-in/link\?token=[A-Za-z0-9_-]+)

# A mail scanner opens the link; the link still works for Gerda, once, with the password that she chose.
scanner GET ${link}
→ 200
guest fills ${link}
  Password, once more = another password here
→ 422
guest fills ${link}
  Password, once more = a long enough secret
→ 303 *
guest GET /account
→ 200
shows Gerda Guest
guest GET ${link}
→ 410
$ confer user reset gerda@example.org
soon guest GET /account
→ 401
