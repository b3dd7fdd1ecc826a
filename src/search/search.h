// Full-text search over documents of all kinds: rows in the database are the truth, a compact index of them in memory answers.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "db/database.h"

namespace confer::search {

// ---- what is put in

/// One named value of a document: a column to filter, count and complete by. A document may have several of a name (its speakers).
/// The name is a word of [a-z_] and is what is typed before the colon: "speaker", "event", "year", "lang", "tag", "length", "video", "series".
/// Values that are whole numbers can be asked for by range (year:2012-2015, length:<30): give the length in minutes.
struct Facet {
  std::string name, value;  ///< `value` is what links and counts carry ("pycon-us-2012", "de"); at most 200 bytes count
  std::string label;        ///< what people read, and type: "PyCon US 2012"; empty: the value itself
  bool operator==(const Facet&) const = default;
};

/// `key` is unique within `kind` ("talk", "QX7T9M"). What is not public is not put in.
struct Document {
  std::string kind, key;
  std::int64_t event = 0;
  std::string title, names, tags, body;  ///< words are looked for in all of them, the earlier weigh more; `names`: speakers, separated by ", " or a line end
  std::string place = {};                ///< where it belongs: the event's and series' names, so that they need not be in the body
  std::string transcript = {};           ///< weighs least
  std::string language = "en";           ///< for its stems: "de", "pt-BR", and ISO 639-3 ("deu") is understood too; empty: unknown
  std::vector<Facet> facets = {};
  std::int64_t date = 0;  ///< any number that grows with time (milliseconds, days): the newest come first by date, and among equally good ones
};

/// Replaces the document. Findable when the transaction is committed: in this process at once, in others at their next query.
Result<void> put(db::Tx& tx, const Document& document);
/// As `put` for each, in fewer statements: for imports (some hundred at a time; any number in one transaction).
Result<void> put_all(db::Tx& tx, std::span<const Document> documents);
Result<void> remove(db::Tx& tx, std::string_view kind, std::string_view key);
Result<void> remove_event(db::Tx& tx, std::int64_t event);
/// (event, key) of all documents of this kind, in this order.
Result<std::vector<std::pair<std::int64_t, std::string>>> keys(db::Tx& tx, std::string_view kind);
/// After an erasure: no removed word stays in the memory of this process (the rows are gone already).
Result<void> wipe_removed(db::Tx& tx);

/// Grows with every transaction that changed a document.
Result<std::int64_t> version(db::Tx& tx);

// ---- what is asked

/// Documents with one of these values. A value is an exact value or label; else every value whose label has all its words (the last may be begun); for
/// numbers also "2012-2015" (both ends count), "<30", ">60", "30-", "-30", and minutes as "90m", "1h30", "<1h". A language has its names and codes.
struct Filter {
  std::string name;
  std::vector<std::string> values;
};
/// Which values to count among what was found.
struct Wanted {
  std::string name;
  std::size_t most = 10;                  ///< the most frequent ones
  std::vector<std::int64_t> breaks = {};  ///< numbers in classes: {10, 30, 60} counts "<10", "10-29", "30-59", "60-"; each is a value for a filter
};
enum class Order : unsigned char { relevance, date };

struct Query {
  /// Words, "a phrase", -without, name:value and name:"a value" for each name of a facet (-name:value: without); the last word may be begun only.
  /// The first 500 bytes and 24 words count. May be empty where there are filters, or with `everything`.
  std::string text;
  std::int64_t event = 0;  ///< 0: all
  std::string kind;        ///< empty: all
  int limit = 20, offset = 0;
  std::vector<Filter> filters = {};  ///< all must hold, beside those in the text
  Order order = Order::relevance;
  std::vector<Wanted> facets = {};  ///< empty: nothing is counted
  bool everything = false;          ///< an empty text and no filters: all documents, by date; otherwise that is `invalid`
};
struct Hit {
  std::string kind, key, title;
  std::int64_t event = 0;
  double score = 0;
  std::string snippet;       ///< plain text; matched words between \x02 and \x03
  std::string marked_title;  ///< the title, marked likewise
};
struct Count {
  std::string value, label;
  std::int64_t count = 0;
  bool chosen = false;  ///< a filter of the query names it; chosen ones are listed even when others are more frequent
};
/// The counts of a facet leave out the filters on that facet itself, so that they say what choosing another value would find.
struct FacetCounts {
  std::string name;
  std::vector<Count> values;
  std::int64_t different = 0;  ///< how many values there are in all
};
/// A filter that stood in the text, as it was understood.
struct Understood {
  std::string name, value;         ///< as typed
  std::size_t begin = 0, end = 0;  ///< its bytes in the text
  std::int64_t values = 0;         ///< how many values it stands for: 0 finds nothing
  bool excluded = false;
  /// When it finds nothing: values that are like it, the most frequent first, as label and as the whole text with that value instead.
  std::vector<std::pair<std::string, std::string>> like = {};
};
struct Hits {
  std::vector<Hit> hits;
  std::int64_t total = 0;           ///< exact
  std::string did_you_mean;         ///< the text with words that exist; when `corrected`, the hits are already those of it
  bool corrected = false;           ///< "Showing results for …": what was typed found nothing or nearly nothing by itself
  std::string exact;                ///< when `corrected` and some document has what was typed: the text that asks for exactly that
  std::vector<FacetCounts> facets;  ///< in the order of Query::facets
  std::vector<Understood> filters;  ///< those in the text
};
/// The same order on both databases. Errors: invalid – nothing to look for.
Result<Hits> find(db::Tx& tx, const Query& query);

// ---- while typing

struct Completion {
  enum class Kind : unsigned char { name, value, word } kind = Kind::word;
  std::size_t begin = 0, end = 0;  ///< the bytes of the text that it replaces
  std::string text;                ///< what to put there: `speaker:`, `speaker:"Ada Lovelace"`, `lighthouses`
  std::string label;               ///< what to show
  std::int64_t count = 0;          ///< how many documents have it (with the rest of the text's filters); 0 for names
};
/// What may be meant at `cursor` (a byte offset): the most frequent first. `names`: the facets to offer, in this order.
Result<std::vector<Completion>> complete(db::Tx& tx, std::string_view text, std::size_t cursor, std::span<const std::string> names, std::size_t most = 8,
                                         std::string_view kind = {});

// ---- beside a document

/// The documents of the same kind that are most like this one, by words and names; itself and its twins (same title) not among them. Without snippets.
Result<std::vector<Hit>> related(db::Tx& tx, std::string_view kind, std::string_view key, std::size_t most = 6);

/// Words, folded as both sides fold them: for tests and for highlighting.
std::vector<std::string> tokens(std::string_view text);

}  // namespace confer::search
