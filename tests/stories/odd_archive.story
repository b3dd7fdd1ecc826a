# What is no backup, or a damaged one, is refused with a sentence; nothing is stored.
file noise.tar.zst
  This is not an archive.
$ confer restore noise.tar.zst
exit 2
prints noise.tar.zst
$ confer restore .
exit 2
file settings.toml
  [server]
  port = 70000
$ confer user list --config settings.toml
exit 2
prints “server.port” must be a number from 1 to 65535.
sql SELECT COUNT(*) FROM persons
  0
