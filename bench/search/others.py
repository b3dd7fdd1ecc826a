"""The same questions asked of FTS5 (sqlite3) and Xapian (python3-xapian), each with what its manual recommends for such texts."""
import re, sqlite3, tempfile, time

import xapian

from talks import body_of

WORDS = re.compile(r"\w+", re.UNICODE)


def text_of(record, event):
    return body_of(record) + "\n" + " ".join(record.get("tags") or []) + "\n" + event


def fts5(records, questions):
    """Porter stems, accents removed, bm25 with the title weighing 10 and the speakers 8; any of the words, all of them first by their rank."""
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE t USING fts5(title, speakers, body, tokenize=\"porter unicode61 remove_diacritics 2\")")
    began = time.process_time()
    db.executemany("INSERT INTO t (rowid, title, speakers, body) VALUES (?, ?, ?, ?)",
                   ((i + 1, r["title"], ", ".join(r.get("speakers") or []), text_of(r, e)) for i, (_, r, e) in enumerate(records)))
    built = time.process_time() - began
    answers, plain, times = [], [], []
    for question in questions:
        match = " OR ".join('"' + w + '"' for w in WORDS.findall(question))
        began = time.process_time()
        rows = db.execute("SELECT rowid FROM t WHERE t MATCH ? ORDER BY bm25(t, 10, 8, 1) LIMIT 10", (match,)).fetchall()
        times.append(time.process_time() - began)
        answers.append([records[row[0] - 1][0] for row in rows])
        rows = db.execute("SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank LIMIT 10", (match,)).fetchall()
        plain.append([records[row[0] - 1][0] for row in rows])
    return {"FTS5, bm25 as it is": (plain, times, built), "FTS5, bm25 with weights 10, 8, 1": (answers, times, built)}


def with_xapian(records, questions):
    """English stems, title and speakers indexed with a weight of 10 and 8 beside the body, spelling corrected, any of the words, BM25 as it is."""
    folder = tempfile.TemporaryDirectory()
    db = xapian.WritableDatabase(folder.name, xapian.DB_CREATE_OR_OVERWRITE)
    generator = xapian.TermGenerator()
    generator.set_stemmer(xapian.Stem("en"))
    generator.set_database(db)
    generator.set_flags(xapian.TermGenerator.FLAG_SPELLING)
    began = time.process_time()
    for path, record, event in records:
        document = xapian.Document()
        document.set_data(path)
        generator.set_document(document)
        for text, weight in ((record["title"], 10), (", ".join(record.get("speakers") or []), 8), (text_of(record, event), 1)):
            generator.index_text(text, weight)
            generator.increase_termpos()
        db.add_document(document)
    db.commit()
    built = time.process_time() - began
    parser = xapian.QueryParser()
    parser.set_stemmer(xapian.Stem("en"))
    parser.set_stemming_strategy(xapian.QueryParser.STEM_SOME)
    parser.set_database(db)
    parser.set_default_op(xapian.Query.OP_OR)
    flags = xapian.QueryParser.FLAG_DEFAULT | xapian.QueryParser.FLAG_SPELLING_CORRECTION
    answers, times = [], []
    for question in questions:
        began = time.process_time()
        query = parser.parse_query(question, flags)
        corrected = parser.get_corrected_query_string()
        if corrected:
            query = parser.parse_query(corrected.decode() if isinstance(corrected, bytes) else corrected, flags)
        enquire = xapian.Enquire(db)
        enquire.set_query(query)
        found = [match.document.get_data().decode() for match in enquire.get_mset(0, 10)]
        times.append(time.process_time() - began)
        answers.append(found)
    folder.cleanup()
    return {"Xapian, spelling corrected": (answers, times, built)}
