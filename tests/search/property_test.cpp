// What must hold for any documents and any questions: pure.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

#include "search/answer.h"

namespace confer::search {
namespace {

class Invented {
 public:
  explicit Invented(unsigned seed) : random_(seed) {}
  std::string words(unsigned most) {
    static constexpr std::array some{"garden", "gardens",    "gardening",    "python", "asyncio",  "color",     "colour", "web-sockets", "websockets",
                                     "東京で", "データ分析", "데이터분석을", "e-mail", "email",    "node.js",   "3.12",   "Müller",      "muller",
                                     "c++",    "lighthouse", "light",        "house",  "database", "databases", "data",   "the",         "of",
                                     "a",      "squirrel"};
    std::string out;
    for (unsigned n = random_() % most + 1; n > 0; --n) out.append(some[random_() % some.size()]) += ' ';
    return out;
  }
  Row row(std::int64_t id) {
    Row row;
    row.id = id;
    row.kind = random_() % 5 == 0 ? "page" : "talk";
    row.key = "K" + std::to_string(id);
    row.event = static_cast<std::int64_t>(random_() % 3) + 1;
    row.language = "en";
    row.title = words(5);
    row.names = words(2);
    row.body = words(30);
    row.transcript = random_() % 10 == 0 ? words(50) : "";
    row.facets = "year\t" + std::to_string(2010 + random_() % 5) + "\ntag\t" + words(1) + "\n";
    row.date = static_cast<std::int64_t>(random_() % 7);
    return row;
  }
  std::string question() {
    std::string text = words(4);
    if (random_() % 3 == 0 && text.size() > 4) text.erase(random_() % text.size(), 1);  // may cut a character: repaired by nobody, and harmless
    if (random_() % 5 == 0) text += "year:2011-2013";
    if (random_() % 6 == 0) text = "\"" + text;
    if (random_() % 7 == 0) text += " -garden";
    return text;
  }
  unsigned number() { return static_cast<unsigned>(random_()); }

 private:
  std::mt19937 random_;
};

Query all_of(const std::string& text) { return {.text = text, .limit = 1000, .facets = {{"year"}, {"tag", 3}}, .everything = true}; }

std::string described(const Index& index, const std::string& text, const Query& query) {
  const auto answered = answer(index, query, text);
  if (!answered) return answered.error().message;
  std::string out = std::to_string(answered->hits.total) + " " + answered->hits.did_you_mean;
  for (const FacetCounts& counts : answered->hits.facets) {
    for (const Count& count : counts.values) out += " " + count.value + "=" + std::to_string(count.count);
  }
  for (const Scored& one : answered->found) out += "\n" + std::string(index[one.document].key) + " " + std::to_string(one.score);
  return out;
}

TEST(SearchProperties, answers_when_documents_came_went_and_changed_then_as_if_only_the_last_had_come) {
  Invented invented(1);
  Index changed;
  std::map<std::int64_t, Row> last;
  for (int i = 0; i < 3000; ++i) {
    const std::int64_t id = invented.number() % 300 + 1;
    if (invented.number() % 4 == 0) {
      changed.remove(id);
      last.erase(id);
    } else {
      last[id] = invented.row(id);
      changed.put(last[id]);
    }
    if (i % 500 == 0) changed.prepare();
  }
  changed.prepare();
  Index fresh;
  for (auto row = last.rbegin(); row != last.rend(); ++row) fresh.put(row->second);
  fresh.prepare();
  ASSERT_EQ(changed.documents(), last.size());
  for (int i = 0; i < 400; ++i) {
    const std::string text = invented.question();
    ASSERT_EQ(described(changed, text, all_of(text)), described(fresh, text, all_of(text))) << text;
  }
}

TEST(SearchProperties, pages_when_put_together_then_the_whole) {
  Invented invented(2);
  Index index;
  for (int id = 1; id <= 500; ++id) index.put(invented.row(id));
  index.prepare();
  for (int i = 0; i < 100; ++i) {
    const std::string text = invented.question();
    const auto whole = answer(index, all_of(text), text);
    if (!whole) continue;
    for (int offset = 0; offset < 500; offset += 120) {
      Query query = all_of(text);
      query.limit = 120;
      query.offset = offset;
      const auto page = answer(index, query, text);
      ASSERT_TRUE(page.has_value());
      ASSERT_EQ(page->hits.total, whole->hits.total);
      for (std::size_t k = static_cast<std::size_t>(offset); k < std::min(page->found.size(), static_cast<std::size_t>(offset) + 120); ++k)
        ASSERT_EQ(page->found[k].document, whole->found[k].document) << text << " at " << k;
    }
  }
}

TEST(SearchProperties, filters_when_added_then_found_are_some_of_those_without_and_as_many_as_was_counted) {
  Invented invented(3);
  Index index;
  for (int id = 1; id <= 500; ++id) index.put(invented.row(id));
  index.prepare();
  for (int i = 0; i < 100; ++i) {
    const std::string text = "garden " + invented.words(1);
    const auto without = answer(index, all_of(text), text);
    ASSERT_TRUE(without.has_value());
    std::vector<DocumentId> found;
    for (const Scored& one : without->found) found.push_back(one.document);
    std::int64_t sum = 0;
    for (const Count& count : without->hits.facets.at(0).values) {
      Query query = all_of(text);
      query.filters = {{"year", {count.value}}};
      const auto filtered = answer(index, query, text);
      ASSERT_TRUE(filtered.has_value());
      for (const Scored& one : filtered->found) {
        const auto year = index[one.document].values[0];
        ASSERT_EQ(index.columns()[year].value, count.value);
      }
      ASSERT_GE(filtered->hits.total, count.count) << "what falls short of the best of all may be the best of its year";
      sum += count.count;
    }
    ASSERT_EQ(sum, without->hits.total);
  }
}

}  // namespace
}  // namespace confer::search
