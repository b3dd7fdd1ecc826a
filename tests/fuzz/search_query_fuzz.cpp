// Whatever is typed into the search field is understood as words, phrases and filters whose places lie in the text, and is answered: never an error but
// "nothing to look for", never a score that is no number.
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/text.h"
#include "search/answer.h"
#include "search/snippet.h"

namespace {

using namespace confer::search;

void require(bool truth) {
  if (!truth) std::abort();
}

const Index& an_index() {
  static const Index made = [] {
    Index index;
    std::int64_t id = 0;
    for (const char* title :
         {"Militarizing your backyard", "Gardens of Python 3.12", "東京でのPython入門", "파이썬으로 데이터분석", "Straße, node.js und e-mail", "C++ c# f#"}) {
      Row row;
      row.id = ++id;
      row.kind = id % 2 == 0 ? "talk" : "page";
      row.key = std::to_string(id);
      row.language = id % 2 == 0 ? "en" : "de";
      row.title = title;
      row.names = "Ada Lovelace, Łukasz";
      row.body = "A text about gardens, sheds and squirrels; with words.";
      row.facets = "speaker\tAda Lovelace\nyear\t" + std::to_string(2010 + id) + "\nlength\t" + std::to_string(id * 15) + "\n";
      index.put(row);
    }
    index.remove(3);
    index.prepare();
    return index;
  }();
  return made;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Index& index = an_index();
  const std::string text = confer::repair_utf8(std::string_view(reinterpret_cast<const char*>(data), size));
  const Parsed parsed = parse_for(index, text);
  require(parsed.terms.size() <= 24 && parsed.filters.size() <= 16);
  for (const Token& token : parsed.wanted) require(token.begin < token.end && token.end <= text.size() && !token.word.empty());
  for (const Named& named : parsed.filters) require(named.begin < named.end && named.end <= text.size() && index.columns().find(named.name).has_value());

  Query query{.text = text, .facets = {{"speaker"}, {"year"}, {"length", 10, {30, 60}}}};
  query.everything = size % 2 == 0;
  query.order = size % 3 == 0 ? Order::date : Order::relevance;
  const auto answered = answer(index, query, text);
  if (!answered) {
    require(answered.error().code == confer::ErrorCode::invalid && !parsed.asks());
    return 0;
  }
  require(answered->hits.total == static_cast<std::int64_t>(answered->found.size()) && answered->found.size() <= index.documents());
  require(confer::is_valid_utf8(answered->hits.did_you_mean));
  for (const Scored& one : answered->found) require(std::isfinite(one.score) && one.score >= 0 && index[one.document].there);
  for (const FacetCounts& counts : answered->hits.facets) {
    for (const Count& count : counts.values) require(count.count >= 0 && count.count <= static_cast<std::int64_t>(index.documents()));
  }
  const Answers answers(index, answered->units);
  require(confer::is_valid_utf8(snippet(text, answers)));
  require(confer::is_valid_utf8(marked(text, answers)));
  return 0;
}
