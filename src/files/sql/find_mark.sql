SELECT mark FROM files_folder ORDER BY mark LIMIT 1
