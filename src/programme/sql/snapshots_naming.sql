SELECT id, snapshot FROM releases WHERE snapshot LIKE :1
