// The speller of a database, kept until a document changes.
#include "search/vocabulary.h"

#include <string>
#include <unordered_map>
#include <utility>

#include "search/store.h"
#include "search/tokens.h"

namespace confer::search {

void Vocabulary::forget() {
  std::lock_guard lock(mutex_);
  ++changes_;
  speller_ = nullptr;
}

bool Vocabulary::say_once() {
  std::lock_guard lock(mutex_);
  return !std::exchange(said_, true);
}

Result<std::shared_ptr<const Speller>> Vocabulary::speller(db::Tx& tx) {
  std::uint64_t before = 0;
  {
    std::lock_guard lock(mutex_);
    if (speller_) return speller_;
    before = changes_;
  }
  std::unordered_map<std::string, std::int64_t> words;
  TRY(each_terms(tx, [&](std::string_view terms) {
    each_word(terms, [&](std::string_view term) {
      if (!term.starts_with('^') && !term.starts_with('=')) ++words[std::string(term)];
    });
  }));
  auto made = std::make_shared<const Speller>(words);
  std::lock_guard lock(mutex_);
  if (changes_ == before) speller_ = made;
  return made;
}

std::shared_ptr<Vocabulary> vocabulary_of(db::Database& db) {
  return std::static_pointer_cast<Vocabulary>(db.kept("search", [&db]() -> std::shared_ptr<void> {
    auto made = std::make_shared<Vocabulary>();
    db.listen("search", [made](std::string_view) { made->forget(); });
    return made;
  }));
}

}  // namespace confer::search
