// Translation: the catalogues in use, and the choice of a language.
#include <fmt/format.h>
#include <unicode/locid.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <deque>
#include <map>
#include <mutex>

#include "base/text.h"
#include "html/catalogue.h"
#include "html/language.h"
#include "html/number.h"
#include "html/template.h"

namespace confer::html {
namespace {

struct Catalogues {
  std::map<std::string, Catalogue, std::less<>> by_language;
  std::vector<std::string> complete{"en"};
};

/// `translate` hands out views into a set, so earlier sets stay; there is one per process but in tests.
std::atomic<const Catalogues*> current{nullptr};

const Catalogues* keep(Catalogues next) {
  static std::mutex mutex;
  static std::deque<Catalogues> kept;
  const std::lock_guard lock(mutex);
  return &kept.emplace_back(std::move(next));
}

const Catalogue* find_catalogue(std::string_view language) {
  const auto* all = current.load();
  if (all == nullptr || language == "en") return nullptr;
  auto found = all->by_language.find(language);
  if (found == all->by_language.end()) found = all->by_language.find(language.substr(0, language.find('-')));
  return found == all->by_language.end() ? nullptr : &found->second;
}

}  // namespace

Result<void> use_catalogues(std::span<const embedded::File> files) {
  Catalogues next;
  for (const auto& file : files) {
    TRY_ASSIGN(Catalogue catalogue, parse_catalogue(file.path, file.bytes));
    if (catalogue.complete) next.complete.push_back(catalogue.language);
    auto language = catalogue.language;
    next.by_language.insert_or_assign(std::move(language), std::move(catalogue));
  }
  std::sort(next.complete.begin() + 1, next.complete.end());
  current = keep(std::move(next));
  forget_compiled_templates();
  return {};
}

std::string_view translate(std::string_view text, std::string_view language) {
  const auto* catalogue = find_catalogue(language);
  if (catalogue == nullptr) return text;
  const auto found = catalogue->find(text);
  return found.empty() ? text : found;
}

std::string fill_places(std::string_view text, std::span<const std::string_view> values) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto digit = i + 1 < text.size() ? text[i + 1] : '\0';
    if (text[i] == '%' && digit >= '1' && digit <= '9' && static_cast<std::size_t>(digit - '1') < values.size()) {
      result += values[static_cast<std::size_t>(digit - '1')];
      ++i;
    } else {
      result += text[i];
    }
  }
  return result;
}

std::string translate(std::string_view text, std::string_view language, std::initializer_list<std::string_view> values) {
  return fill_places(translate(text, language), std::span(values.begin(), values.size()));
}

std::string translate_plural(std::string_view one, std::string_view many, long n, std::string_view language) {
  const auto number = number_text(n, language);
  const std::string_view values[] = {number};
  const auto positive = n < 0 ? -static_cast<unsigned long>(n) : static_cast<unsigned long>(n);
  if (const auto* catalogue = find_catalogue(language)) {
    const auto found = catalogue->texts.find(one);
    if (found != catalogue->texts.end() && found->second.size() == catalogue->plural.forms())
      return fill_places(found->second[catalogue->plural.form_for(positive)], values);
  }
  return fill_places(n == 1 ? one : many, values);
}

const std::vector<std::string>& languages() {
  static const std::vector<std::string> only_english{"en"};
  const auto* all = current.load();
  return all == nullptr ? only_english : all->complete;
}

std::string_view language_name(std::string_view language) {
  static std::mutex mutex;
  static std::map<std::string, std::string, std::less<>> names;
  const std::lock_guard lock(mutex);
  if (const auto found = names.find(language); found != names.end()) return found->second;
  const auto locale = icu::Locale::createFromName(std::string(language).c_str());
  icu::UnicodeString name;
  locale.getDisplayName(locale, name);
  std::string utf8;
  name.toUTF8String(utf8);
  if (is_language_tag(language) && names.size() < 500) return names.emplace(language, utf8).first->second;
  return "English";
}

std::string negotiate_language(std::string_view accept_language) {
  std::string best = "en";
  double best_quality = 0;
  for (const auto part : split(accept_language.substr(0, 1000), ',')) {
    const auto semicolon = part.find(';');
    const auto range = trim(part.substr(0, semicolon));
    double quality = 1;
    if (semicolon != std::string_view::npos) {
      const auto parameter = trim(part.substr(semicolon + 1));
      if (!parameter.starts_with("q=")) continue;
      const auto number = parameter.substr(2);
      if (std::from_chars(number.data(), number.data() + number.size(), quality).ec != std::errc()) continue;
    }
    if (quality <= best_quality || range.empty()) continue;
    const auto wanted = ascii_lower(range);
    for (const auto& language : languages()) {
      const auto ours = ascii_lower(language);
      // A basic range fits a language that it starts (RFC 4647 § 3.3.1); "de-AT" is content with "de" (§ 3.4, lookup).
      if (wanted != "*" && wanted != ours && !ours.starts_with(wanted + "-") && !wanted.starts_with(ours + "-")) continue;
      best = language;
      best_quality = quality;
      break;
    }
  }
  return best;
}

}  // namespace confer::html
