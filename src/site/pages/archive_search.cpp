// Search over all talks: one box, counts to narrow by, all of it links; and the same for a box that answers while one types.
#include <fmt/format.h>
#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <set>
#include "base/json_writer.h"
#include "base/text.h"
#include "html/markdown.h"
#include "recordings/tracks.h"
#include "search/search.h"
#include "search/stems.h"
#include "site/archive_frame.h"
#include "site/archive_parts.h"
#include "site/site.h"

namespace confer::site {
namespace {

using html::translate;

constexpr int page_size = 20;
constexpr std::size_t longest = 300;
/// What can be narrowed by, in the order shown: the name as in search.h and in the address, and what people read.
struct Facet {
  std::string_view name, words;
  std::size_t most;
};
constexpr Facet facets[] = {{"event", html::translatable("Conference"), 10}, {"year", html::translatable("Year"), 40},
                            {"lang", html::translatable("Language"), 12},    {"speaker", html::translatable("Speaker"), 10},
                            {"tag", html::translatable("Topic"), 14},        {"length", html::translatable("Length"), 4},
                            {"video", html::translatable("Video"), 2}};
const std::vector<std::int64_t> length_breaks = {10, 30, 60};

/// The question as the address has it.
struct Question {
  std::string text;
  std::vector<search::Filter> filters;
  bool by_date = false;
  int page = 1;
};

Question question_of(const http::Request& request, int page) {
  Question q{.text = ellipsis(tidy_line(request.query.get("q")), longest), .filters = {}, .by_date = request.query.get("sort") == "date", .page = page};
  for (const auto& facet : facets)
    for (auto& value : request.query.every(facet.name)) {
      constexpr std::size_t most_values = 8, longest_value = 200;
      if (value.empty() || value.size() > longest_value || !is_valid_utf8(value)) continue;
      const auto known = std::ranges::find(q.filters, facet.name, &search::Filter::name);
      if (known == q.filters.end())
        q.filters.push_back({std::string(facet.name), {value}});
      else if (known->values.size() < most_values)
        known->values.push_back(value);
    }
  return q;
}

/// "?q=tides&event=harbour-2012", with what is left out or put in.
std::string query_of(const Question& q, std::string_view without_name = {}, std::string_view without_value = {}, std::string_view with_name = {},
                     std::string_view with_value = {}) {
  std::string out = "?q=" + percent_encoded(q.text);
  for (const auto& filter : q.filters)
    for (const auto& value : filter.values)
      if (!(filter.name == without_name && (without_value.empty() || value == without_value))) out += "&" + filter.name + "=" + percent_encoded(value);
  if (!with_name.empty()) out.append("&").append(with_name).append("=").append(percent_encoded(with_value));
  if (q.by_date) out += "&sort=date";
  return out;
}

search::Query search_query(const Question& q) {
  search::Query query{.text = q.text,
                      .kind = std::string(talk_document),
                      .limit = page_size,
                      .offset = (q.page - 1) * page_size,
                      .filters = q.filters,
                      .order = q.by_date ? search::Order::date : search::Order::relevance};
  query.everything = q.text.empty() && q.filters.empty();
  for (const auto& facet : facets)
    query.facets.push_back({std::string(facet.name), facet.most, facet.name == "length" ? length_breaks : std::vector<std::int64_t>{}});
  return query;
}

/// What a value is called: a language and "with video" in the page's language, the rest as it is labelled.
std::string label_of(std::string_view facet, const search::Count& count, std::string_view language) {
  if (facet == "lang") return language_words(count.value, language);
  if (facet == "video")
    return std::string(count.value == "no" || count.value == "0" ? translate("without video", language) : translate("with video", language));
  if (facet == "length") {
    if (count.value.starts_with('<')) return translate("under %1 min", language, {count.value.substr(1)});
    if (count.value.ends_with('-')) return translate("from %1 min", language, {count.value.substr(0, count.value.size() - 1)});
    return translate("%1 min", language, {replace_all(count.value, "-", "–")});
  }
  return count.label.empty() ? count.value : count.label;
}

/// Text with matched words between \x02 and \x03 as pieces: MARKED and PLAIN in turn.
void fill_marked(html::View& view, std::string_view section, std::string_view text) {
  bool marked = false;
  std::size_t at = 0;
  while (at < text.size()) {
    const auto end = std::min(text.find_first_of("\x02\x03", at), text.size());
    if (end > at) view.add(section).add(marked ? "MARKED" : "PLAIN").set("PIECE", text.substr(at, end - at));
    if (end < text.size()) marked = text[end] == '\x02';
    at = end + 1;
  }
}

void fill_facets(html::View& view, const Asked& asked, const Question& q, const search::Hits& hits, const std::string& path) {
  for (const auto& counted : hits.facets) {
    const auto* facet = std::ranges::find(facets, counted.name, &Facet::name);
    if (facet == std::end(facets) || counted.values.empty()) continue;
    const bool is_chosen = std::ranges::any_of(counted.values, &search::Count::chosen);
    // One value that all have narrows nothing.
    if (!is_chosen && counted.values.size() == 1 && counted.values.front().count == hits.total) continue;
    auto& group = view.add("FACET");
    group.set("FACET_NAME", translate(facet->words, asked.language)).show_if(is_chosen, "OPEN");
    auto values = counted.values;
    if (counted.name == "year") std::ranges::sort(values, std::greater(), [](const search::Count& c) { return c.value; });
    for (const auto& value : values) {
      auto& item = group.add(value.chosen ? "CHOSEN" : "CHOICE");
      item.set("VALUE_NAME", label_of(counted.name, value, asked.language)).set("VALUE_COUNT", format_number(value.count, asked.language));
      item.set("VALUE_HREF", path + (value.chosen ? query_of(q, counted.name, value.value) : query_of(q, {}, {}, counted.name, value.value)));
    }
  }
  for (const auto& filter : q.filters)
    for (const auto& value : filter.values) {
      const auto counted = std::ranges::find(hits.facets, filter.name, &search::FacetCounts::name);
      search::Count count{.value = value, .label = value};
      if (counted != hits.facets.end())
        if (const auto known = std::ranges::find(counted->values, value, &search::Count::value); known != counted->values.end()) count = *known;
      view.add("FILTER").set("FILTER_TEXT", label_of(filter.name, count, asked.language)).set("FILTER_HREF", path + query_of(q, filter.name, value));
    }
  view.show_if(!q.filters.empty(), "FILTERS");
  for (const auto& filter : q.filters)
    for (const auto& value : filter.values) view.add("KEEP").set("KEEP_NAME", filter.name).set("KEEP_VALUE", value);
  if (q.by_date) view.add("KEEP").set("KEEP_NAME", "sort").set("KEEP_VALUE", "date");
}

/// Words as search compares them.
std::set<std::string> stems_of(std::string_view text, std::string_view language) {
  std::set<std::string> out;
  for (const auto& word : search::tokens(text)) out.insert(search::stem(word, language));
  return out;
}

/// The sentence with the most of the words, the first of equals; none when it has less than half of them.
std::optional<recordings::Sentence> said_in(std::string_view vtt, std::string_view text, std::string_view language) {
  const auto wanted = stems_of(text, language);
  const auto captions = recordings::read_captions(vtt);
  if (!captions || wanted.empty()) return std::nullopt;
  std::optional<recordings::Sentence> best;
  std::size_t most = 0;
  for (auto& sentence : recordings::sentences_of(captions->cues)) {
    const auto there = stems_of(sentence.text, language);
    const auto count = static_cast<std::size_t>(std::ranges::count_if(wanted, [&](const std::string& word) { return there.contains(word); }));
    if (count <= most) continue;
    most = count;
    best = std::move(sentence);
  }
  return 2 * most >= wanted.size() ? best : std::nullopt;
}

/// "1:02:03", "12:34": as a player shows it.
std::string clock_of(std::chrono::seconds time) {
  const auto seconds = time.count();
  constexpr int hour = 3600, minute = 60;
  if (seconds < hour) return fmt::format("{}:{:02}", seconds / minute, seconds % minute);
  return fmt::format("{}:{:02}:{:02}", seconds / hour, seconds / minute % minute, seconds % minute);
}

/// Where in the talks the words are said, as a link to the second.
Result<void> fill_said(const Asked& asked, const std::vector<archive::Row>& rows, std::map<TalkId, html::View*>& items, std::string_view text) {
  std::vector<TalkId> ids;
  for (const auto& row : rows) ids.push_back(row.id);
  TRY_ASSIGN(const auto texts, recordings::shown_texts(asked.tx, ids));
  if (texts.empty()) return {};
  TRY_ASSIGN(const auto known, recordings::recordings_of(asked.tx, ids));
  for (const auto& [talk, vtt] : texts) {
    const auto recording = std::ranges::find(known, talk, &recordings::Recording::talk);
    const auto row = std::ranges::find(rows, talk, &archive::Row::id);
    if (recording == known.end() || !recordings::may_be_shown(*recording) || items[talk] == nullptr) continue;
    const auto sentence = said_in(vtt, text, row->language);
    if (!sentence) continue;
    const auto second = std::chrono::duration_cast<std::chrono::seconds>(sentence->from);
    auto& said = items[talk]->add("SAID");
    said.set("SAID_HREF", talk_href(asked.language, *row) + "?t=" + std::to_string(second.count()));
    said.set("SAID_AT", clock_of(second)).set("SAID_TEXT", ellipsis(sentence->text, longest));
    items[talk] = nullptr;  // one language is enough
  }
  return {};
}

Result<void> fill_hits(html::View& view, const Asked& asked, const search::Hits& hits, std::string_view text) {
  std::vector<std::string> codes;
  for (const auto& hit : hits.hits) codes.push_back(hit.key);
  if (codes.empty()) return {};
  TRY_ASSIGN(const auto rows, archive::rows_of(asked.tx, codes));
  std::map<TalkId, html::View*> items;
  for (const auto& row : rows) {
    auto& item = view.add("TALK");
    items[row.id] = &item;
    fill_row(item, asked.language, row);
    const auto hit = std::ranges::find(hits.hits, row.code, &search::Hit::key);
    fill_marked(item, "TITLE_PIECE", hit->marked_title.empty() ? row.title : hit->marked_title);
    if (!trim(hit->snippet).empty()) fill_marked(item.add("SNIPPET"), "SNIPPET_PIECE", hit->snippet);
  }
  return text.empty() ? Result<void>{} : fill_said(asked, rows, items, text);
}

void fill_outcome(html::View& view, const Asked& asked, const Question& q, const search::Hits& hits, const std::string& path) {
  const std::string_view language = asked.language;
  view.set("COUNT_TEXT", html::translate_plural("%1 talk", "%1 talks", static_cast<long>(hits.total), language));
  if (!hits.did_you_mean.empty()) {
    Question other = q;
    other.text = hits.did_you_mean;
    auto& words = view.add(hits.corrected ? "CORRECTED" : "OTHER_WORDS");
    words.set("WORDS", hits.did_you_mean).set("HREF", path + query_of(other));
    Question exact = q;
    exact.text = hits.exact;
    if (hits.exact.empty())
      words.add("NOBODY_HAS_IT").set("TYPED", q.text);
    else
      words.add("SOMEBODY_HAS_IT").set("EXACT_HREF", path + query_of(exact)).set("TYPED", q.text);
  }
  for (const auto& filter : hits.filters) {
    if (filter.values > 0) continue;
    auto& unknown = view.add("UNKNOWN_VALUE").set("UNKNOWN_TEXT", filter.name + ":" + filter.value);
    if (filter.like.empty()) continue;
    auto& like = unknown.add("LIKE_IT");
    for (const auto& [label, text] : filter.like) {
      Question other = q;
      other.text = text;
      like.add("LIKE").set("LIKE_NAME", label).set("LIKE_HREF", path + query_of(other));
    }
  }
  Question turned = q;
  turned.by_date = !q.by_date;
  view.add(q.by_date ? "BY_DATE" : "BY_RELEVANCE").set("TURN_HREF", path + query_of(turned));
  view.show_if(hits.total > 1, "SORTED");
  fill_pager(view, path, query_of(q) + "&", q.page, page_size, hits.total, language);
}

/// What a completion is: the name of its facet, "word", or nothing for a name itself, which says so.
std::string kind_of(const search::Completion& completion) {
  if (completion.kind == search::Completion::Kind::word) return "word";
  if (completion.kind == search::Completion::Kind::name) return "";
  const std::string_view text = std::string_view(completion.text).substr(completion.text.starts_with('-') ? 1 : 0);
  return std::string(text.substr(0, text.find(':')));
}

}  // namespace

Result<http::Response> archive_search(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  std::string language = html::languages().front();
  for (const auto& one : html::languages())
    if (request.path.starts_with("/" + one + "/")) language = one;
  const Asked asked{.web = web, .tx = tx, .request = request, .language = language};
  const Question q = question_of(request, asked.page_number());
  const std::string path = asked.prefix() + "/archive/search";
  html::View view;
  fill_search_form(view, asked, q.text);
  auto found = search::find(tx, search_query(q));
  if (!found && found.error().code != ErrorCode::invalid) return std::unexpected(std::move(found.error()));
  const search::Hits hits = found ? std::move(*found) : search::Hits{};
  if (hits.hits.empty() && q.page > 1) return fail(ErrorCode::not_found, "There is no such page.");
  fill_outcome(view, asked, q, hits, path);
  fill_facets(view, asked, q, hits, path);
  TRY(fill_hits(view, asked, hits, q.text));
  view.show_if(hits.total > 0, "FOUND").show_if(hits.total == 0, "NOTHING");
  if (hits.total == 0 && !q.filters.empty()) {
    Question all = q;
    all.filters.clear();
    view.add("WITHOUT_FILTERS").set("HREF", path + query_of(all));
  }
  auto page = archive_page(asked, "/archive/search", ArchiveSection::search,
                           q.text.empty() ? std::string(translate("Search", language)) : translate("Search: %1", language, {q.text}));
  page.indexable = false;
  page.scripts.emplace_back("archive_find.js");
  auto made = finished(asked, std::move(page), "site/archive/search.html", view);
  return http::Response::html(std::move(made.body)).with_cache("no-cache");
}

Result<http::Response> archive_search_as_typed(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  const Asked asked{.web = web, .tx = tx, .request = request, .language = html::languages().front()};
  const Question q = question_of(request, 1);
  std::size_t cursor = q.text.size();
  const auto& at = request.query.get("at");
  std::from_chars(at.data(), at.data() + at.size(), cursor);
  cursor = std::min(cursor, q.text.size());
  static const std::vector<std::string> names = {"speaker", "event", "year", "lang", "tag", "length", "video"};
  constexpr std::size_t most_completions = 6;
  constexpr int most_hits = 5;
  JsonWriter w;
  w.begin_object().field("q", q.text).key("words").begin_array();
  if (!q.text.empty()) {
    TRY_ASSIGN(const auto completions, search::complete(tx, q.text, cursor, names, most_completions, talk_document));
    for (const auto& one : completions)
      w.begin_array()
          .value(q.text.substr(0, one.begin) + one.text + q.text.substr(std::min(one.end, q.text.size())))
          .value(kind_of(one) == "lang" ? name_of_language(one.label, one.label) : one.label)
          .value(one.count)
          .value(kind_of(one))
          .end_array();
  }
  w.end_array();
  auto query = search_query(q);
  query.limit = most_hits;
  query.facets.clear();
  search::Hits hits;
  if (!q.text.empty()) {
    auto found = search::find(tx, query);
    if (!found && found.error().code != ErrorCode::invalid) return std::unexpected(std::move(found.error()));
    if (found) hits = std::move(*found);
  }
  std::vector<std::string> codes;
  for (const auto& hit : hits.hits) codes.push_back(hit.key);
  std::vector<archive::Row> rows;
  if (!codes.empty()) {
    TRY_ASSIGN(rows, archive::rows_of(tx, codes));
  }
  w.field("total", hits.total).key("talks").begin_array();
  for (const auto& row : rows) {
    std::vector<std::string> speakers;
    for (const auto& speaker : row.speakers)
      if (!speaker.name.empty()) speakers.push_back(speaker.name);
    const auto& event = row.event_title.in("en");
    w.begin_array().value(archive::path_of(row)).value(row.title).value(join(speakers, ", ")).value(event.empty() ? row.event_slug : event).end_array();
  }
  w.end_array().end_object();
  return http::Response::json(w.take()).with_cache("private, max-age=60");
}

}  // namespace confer::site
