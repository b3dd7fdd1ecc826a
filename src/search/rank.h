// How well documents answer a query: pure, the same on every database.
#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "search/index.h"
#include "search/units.h"

namespace confer::search {

struct Scored {
  DocumentId document = 0;
  float score = 0;
  float mass = 0;           ///< the weights of what it answers
  std::uint32_t units = 0;  ///< which units it answers, as bits
};

/// Every document that `may` be found and answers some unit (all phrases, none of `without`), each scored word by word (BM25F: Robertson, Zaragoza,
/// Taylor 2004), in no order.
std::vector<Scored> score_all(const Index& index, std::span<const Unit> units, std::span<const std::vector<WordId>> without,
                              const std::function<bool(DocumentId)>& may);

/// Orders the best: the `most` best by words are looked at again, for how much of the query stands in the title and of the title in the query, and how near
/// each other the words stand; they come first. Equal ones: the newer first, then by event, kind and key.
void order_by_relevance(const Index& index, std::span<const Unit> units, std::vector<Scored>& scored, std::size_t wanted);
void order_by_date(const Index& index, std::vector<Scored>& scored, std::size_t wanted);

/// The sum of the units' weights: what a document has that answers everything.
float whole_mass(std::span<const Unit> units);

}  // namespace confer::search
