INSERT INTO files_folder (mark) VALUES (:1)
