"""The talks of a PyVideo tree as documents for bench_search, and invented ones in the same manner."""
import json, os, random, re, sys, unicodedata

LANGUAGES = {"eng": "en", "spa": "es", "rus": "ru", "fra": "fr", "por": "pt", "kor": "ko", "jpn": "ja", "ita": "it", "deu": "de", "zho": "zh", "pol": "pl",
             "slk": "sk", "ces": "cs", "lit": "lt", "tha": "th", "heb": "he", "eus": "eu"}


def fold(text):
    return " ".join("".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c)).split())


def read(folder):
    """(path, record, title of its event), in the order of the paths."""
    out = []
    for event in sorted(os.listdir(folder)):
        videos = f"{folder}/{event}/videos"
        if not os.path.isdir(videos):
            continue
        with open(f"{folder}/{event}/category.json", encoding="utf-8") as file:
            title = json.load(file)["title"]
        for name in sorted(os.listdir(videos)):
            if name.endswith(".json"):
                with open(f"{videos}/{name}", encoding="utf-8") as file:
                    out.append((f"{event}/videos/{name}", json.load(file), title))
    return out


def body_of(record):
    return "\n".join(text for text in (record.get("description"), record.get("summary")) if text)


def document(number, path, record, event_title):
    event = path.split("/")[0]
    language = LANGUAGES.get(record.get("language") or "", "")
    recorded = record.get("recorded") or ""
    facets = [["event", event, event_title], ["video", "yes"]]
    if recorded:
        facets.append(["year", recorded[:4]])
    if language:
        facets.append(["lang", language])
    facets += [["speaker", s] for s in record.get("speakers") or [] if s.strip()]
    facets += [["tag", t.lower()] for t in record.get("tags") or []]
    duration = record.get("duration")
    if duration and duration < 90000:
        facets.append(["length", str(int(duration // 60))])
    return {"key": path, "event": number, "title": record["title"], "names": ", ".join(record.get("speakers") or []), "tags": ", ".join(record.get("tags") or []),
            "place": event_title, "body": body_of(record), "language": language, "date": int(recorded[:10].replace("-", "") or 0) if recorded else 0, "facets": facets}


def write(records, path):
    events = {}
    with open(path, "w", encoding="utf-8") as out:
        for name, record, title in records:
            number = events.setdefault(name.split("/")[0], len(events) + 1)
            out.write(json.dumps(document(number, name, record, title), ensure_ascii=False) + "\n")


def invented(records, count, seed=2012):
    """Talks with titles and abstracts mixed from the real ones, and a few words of their own, so that the number of different words grows as it does."""
    rng = random.Random(seed)
    texts = [(r["title"].split(), r.get("speakers") or [], body_of(r).split()) for _, r, _ in records]
    syllables = ["ka", "to", "ri", "men", "sol", "vi", "dra", "pe", "lu", "zan", "or", "qui", "be", "sto", "fen", "gra"]
    for i in range(count):
        path, record, title = records[rng.randrange(len(records))]
        a, b, c = (texts[rng.randrange(len(texts))] for _ in range(3))
        own = "".join(rng.choice(syllables) for _ in range(rng.randint(2, 5)))
        talk = dict(record)
        talk["title"] = " ".join(a[0][: len(a[0]) // 2 + 1] + b[0][len(b[0]) // 2 :] + ([own] if i % 3 == 0 else []))
        family = rng.choice(c[1] or [""]).split()[-1:]
        talk["speakers"] = [" ".join([own.capitalize(), *family])]
        talk["description"] = " ".join(a[2][: len(a[2]) // 2] + b[2][len(b[2]) // 2 :])
        talk["summary"] = ""
        yield f"{path.split('/')[0]}-{i % 9}/videos/{i}.json", talk, title
