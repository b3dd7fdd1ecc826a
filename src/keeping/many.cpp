// Many archived talks changed at once (many.h).
#include "keeping/many.h"
#include <algorithm>
#include <nlohmann/json.hpp>
#include "archive/archive.h"
#include "archive/indexing.h"
#include "base/json_writer.h"
#include "base/random.h"
#include "base/text.h"
#include "journal/journal.h"
#include "keeping/corrections.h"
#include "keeping/store.h"
#include "people/who.h"
#include "search/search.h"

namespace confer::keeping {
namespace {

using Json = nlohmann::json;

constexpr std::size_t longest_query = 500;  // the search reads no more

std::string_view field_of(Deed deed) {
  switch (deed) {
    case Deed::language:
      return "language";
    case Deed::add_tag:
    case Deed::remove_tag:
      return "tags";
    case Deed::licence:
      return "licence";
    case Deed::withhold:
    case Deed::show:
      return "withheld";
    case Deed::series:
      break;
  }
  return "";
}

std::string in_words(Deed deed, const std::string& value) {
  if (field_of(deed) == "withheld") return value.empty() ? "shown" : "withheld";
  return value.empty() ? "nothing" : value;
}

std::unexpected<Error> refuse(std::string field, std::string message) {
  return std::unexpected(Error{ErrorCode::invalid, "This cannot be done yet.", {}, {}, {{std::move(field), std::move(message)}}});
}

/// What was asked, as it is to be set: "und" becomes no language.
Result<ManyAsked> checked(ManyAsked asked) {
  asked.query = tidy_line(asked.query);
  asked.value = tidy_line(asked.value);
  if (asked.query.empty()) return refuse("query", "Say which talks: event:, year:, lang:, tag:, speaker: or words, as in the archive's search.");
  if (asked.query.size() > longest_query) return refuse("query", "This search is too long: 500 bytes are read. Choose the talks in several steps.");
  if (!asked.deed) return refuse("deed", "Choose what to do.");
  constexpr std::size_t longest_tag = 100, longest_licence = 500;
  switch (*asked.deed) {
    case Deed::language:
      if (asked.value.empty()) return refuse("value", "Say which language: en, de, pt-BR; und when nobody knows it.");
      if (asked.value == "und") asked.value.clear();
      break;
    case Deed::add_tag:
    case Deed::remove_tag:
      if (asked.value.empty()) return refuse("value", "Say which topic.");
      if (asked.value.find(',') != std::string::npos) return refuse("value", "One topic at a time: a comma stands between two.");
      if (!check_text(asked.value, "value", longest_tag) || fold(asked.value).empty()) return refuse("value", "This cannot be a topic.");
      break;
    case Deed::licence:
      if (asked.value.empty()) return refuse("value", "Say which licence, as it is printed: CC BY-SA 4.0.");
      if (!check_text(asked.value, "value", longest_licence)) return refuse("value", "This cannot be a licence: it is too long.");
      break;
    case Deed::withhold:
    case Deed::show:
      asked.value.clear();
      break;
    case Deed::series:
      if (asked.value.empty()) return refuse("value", "Say which series, by its address: pycon-us.");
      break;
  }
  return asked;
}

/// Sets the deed's field. False: the talk is so already.
Result<bool> set(const ManyAsked& asked, Correctable& c) {
  const std::string_view field = field_of(*asked.deed);
  const auto of_talk = [&](const std::string& problem) { return refuse("value", c.talk.title + ": " + problem); };
  if (field == "tags") {
    // Not by the field's text: what is one topic there ("C, again") stays one.
    const auto is_it = [&](const std::string& one) { return fold(one) == fold(asked.value); };
    if (*asked.deed == Deed::remove_tag) return std::erase_if(c.talk.tags, is_it) > 0;
    if (std::ranges::any_of(c.talk.tags, is_it)) return false;
    constexpr std::size_t most_tags = 60;
    if (c.talk.tags.size() >= most_tags) return of_talk("It has 60 topics already.");
    c.talk.tags.push_back(asked.value);
    return true;
  }
  const std::string present = value_of(field, c);
  // Who withholds what is embargoed would end the embargo by taking that back.
  if (*asked.deed == Deed::withhold ? !present.empty() : present == asked.value) return false;
  std::string problem;
  if (!set_value(field, *asked.deed == Deed::withhold ? "yes" : asked.value, c, problem)) return of_talk(problem);
  return true;
}

struct Change {
  Correctable before, after;
};
struct Plan {
  std::int64_t found = 0, of_programmes = 0;
  std::vector<Change> talks;
  std::map<EventId, events::Event> events;  ///< of the talks; for the deed `series` those that move
  events::Series series;
};

Result<search::Hits> found_by(db::Tx& tx, const std::string& text, std::size_t most) {
  const search::Query query{.text = text, .event = 0, .kind = "talk", .limit = static_cast<int>(most) + 1};
  auto found = search::find(tx, query);
  if (!found && found.error().code == ErrorCode::invalid) return refuse("query", found.error().message);
  TRY(found);
  // What somebody may have meant is good for reading, not for changing.
  if (found->corrected) return refuse("query", "Nothing is found by this. Did you mean “" + found->did_you_mean + "”?");
  for (const auto& filter : found->filters) {
    if (filter.values > 0 || filter.excluded) continue;
    if (filter.name == "lang" && filter.value == "und")
      return refuse("query", "The search knows no lang:und. Leave out the languages that are known instead: -lang:en -lang:de.");
    return refuse("query", "Nothing is called “" + filter.value + "” (" + filter.name + ").");
  }
  if (found->total > static_cast<std::int64_t>(most))
    return refuse("query", "These are " + std::to_string(found->total) + " talks; " + std::to_string(most) +
                               " can be changed at once. Narrow the search: by event:, by year:, or leave out what is so already, as -tag:web.");
  return std::move(*found);
}

Result<Plan> plan_of(db::Tx& tx, const ManyAsked& asked) {
  Plan plan;
  const bool moves = *asked.deed == Deed::series;
  if (moves) {
    TRY_ASSIGN(auto series, events::find_series(tx, asked.value));
    if (!series) return refuse("value", "There is no series with this address. Series says which there are.");
    plan.series = *std::move(series);
  }
  TRY_ASSIGN(const auto found, found_by(tx, asked.query, asked.most));
  plan.found = found.total;
  for (const auto& hit : found.hits) {
    TRY_ASSIGN(auto talk, talks::find_talk(tx, hit.key));
    if (!talk) continue;
    if (!plan.events.contains(talk->event)) {
      TRY_ASSIGN(auto event, events::find_event(tx, talk->event));
      if (!event) continue;
      plan.events.emplace(talk->event, *std::move(event));
    }
    if (plan.events.at(talk->event).kind != events::EventKind::archived) {
      ++plan.of_programmes;
      continue;
    }
    if (moves) continue;
    TRY_ASSIGN(auto recording, recordings::find_recording(tx, talk->id));
    Change change{{*std::move(talk), recording.value_or(recordings::Recording{})}, {}};
    change.after = change.before;
    TRY_ASSIGN(const bool differs, set(asked, change.after));
    if (differs) plan.talks.push_back(std::move(change));
  }
  if (!moves) return plan;
  std::erase_if(plan.events, [&](const auto& one) { return one.second.kind != events::EventKind::archived || one.second.series == plan.series.id; });
  if (plan.events.size() > most_events_at_once)
    return refuse("query", "These are " + std::to_string(plan.events.size()) + " events; " + std::to_string(most_events_at_once) +
                               " can be moved at once. Narrow the search.");
  return plan;
}

Result<ManySeen> seen_of(db::Tx& tx, const ManyAsked& asked, const Plan& plan) {
  ManySeen seen{.found = plan.found, .of_programmes = plan.of_programmes, .changing = {}, .fingerprint = {}};
  std::vector<std::string> all;
  const auto field = field_of(*asked.deed);
  for (const auto& [before, after] : plan.talks) {
    seen.changing.push_back({before.talk.code, in_words(*asked.deed, value_of(field, before)), in_words(*asked.deed, value_of(field, after))});
    all.push_back(before.talk.code + " " + std::to_string(before.talk.version) + " " + std::to_string(before.recording.version));
  }
  if (*asked.deed == Deed::series)
    for (const auto& [id, event] : plan.events) {
      TRY_ASSIGN(const auto series, events::find_series(tx, event.series));
      seen.changing.push_back({event.slug, series ? series->title.in("en") : "no series", plan.series.title.in("en")});
      all.push_back(event.slug + " " + std::to_string(event.version));
    }
  std::ranges::sort(all);
  constexpr std::size_t enough = 16;
  seen.fingerprint = sha256_hex(std::string(name_of(*asked.deed)) + "\n" + asked.value + "\n" + join(all, "\n")).substr(0, enough);
  return seen;
}

Result<void> tell(db::Tx& tx, const Actor& actor, std::string_view fact, const events::Event& event, KeeperCaseId id, std::int64_t talks) {
  JsonWriter w;
  w.begin_object().field("case", id.value);
  if (talks > 0) w.field("talks", talks);
  return journal::record(tx, who(actor), fact, event.series.value, event.id.value, "event:" + event.slug, w.end_object().take());
}

Result<void> put_into(db::Tx& tx, events::Event event, SeriesId series) {
  event.series = series;
  const EventId id = event.id;
  // The keeper may not change events otherwise; who it was stands in the fact of the case.
  TRY(events::save_event(tx, system_actor("the archive's keeper"), std::move(event)));
  return archive::index_event(tx, id);
}

/// Only these talks of the event: one talk of each of 500 events must not cost the whole archive.
Result<void> index_again(db::Tx& tx, const events::Event& event, const std::vector<Correctable>& changed) {
  std::vector<archive::ShownTalk> shown;
  for (const auto& [talk, recording] : changed)
    if (event.is_public && talk.state == talks::State::archived)
      shown.push_back({.talk = &talk, .recording = &recording, .day = {}, .length = {}, .is_new = false, .searched = nullptr});
  if (shown.empty()) return {};
  TRY_ASSIGN(const auto series, events::find_series(tx, event.series));
  TRY_ASSIGN(const auto markup, archive::markup_of(tx, shown.front().talk->id));
  return archive::index_talks(tx, event, series ? series->title.in(event.languages.front()) : "", shown, markup);
}

/// What taking back does, one talk or event after the other.
class Undoing {
 public:
  explicit Undoing(db::Tx& tx) : tx_(tx) {}

  Result<void> event(EventId id, SeriesId was, SeriesId now) {
    TRY_ASSIGN(auto event, events::find_event(tx_, id));
    if (!event) return {};
    bool is_there = true;
    if (was) {
      TRY_ASSIGN(const auto series, events::find_series(tx_, was));
      is_there = series.has_value();
    }
    if (event->series != now || !is_there) {
      left.push_back(event->title.in("en"));
      return {};
    }
    TRY(put_into(tx_, *event, was));
    touched.try_emplace(id, *std::move(event));
    return {};
  }

  Result<void> talk(const std::string& code, const std::string& undo) {
    TRY_ASSIGN(auto talk, talks::find_talk(tx_, code));
    if (!talk) {
      left.push_back("the talk " + code + ", which is not here any more");
      return {};
    }
    const EventId id = talk->event;
    if (!touched.contains(id)) {
      TRY_ASSIGN(auto event, events::find_event(tx_, id));
      if (!event) return {};
      touched.emplace(id, *std::move(event));
    }
    TRY_ASSIGN(auto recording, recordings::find_recording(tx_, talk->id));
    const Correctable before{*std::move(talk), recording.value_or(recordings::Recording{})};
    Correctable after = before;
    TRY_ASSIGN(const auto others, put_back(undo, after));
    if (!others.empty()) {
      left.push_back(before.talk.title);
      return {};
    }
    TRY(put_corrected(tx_, touched.at(id), before, after));
    changed[id].push_back(std::move(after));
    return {};
  }

  Result<void> finish() {
    for (const auto& [id, talks] : changed) TRY(index_again(tx_, touched.at(id), talks));
    return {};
  }

  std::map<EventId, events::Event> touched;
  std::map<EventId, std::vector<Correctable>> changed;
  std::vector<std::string> left;

 private:
  db::Tx& tx_;
};

}  // namespace

std::string_view name_of(Deed deed) {
  static constexpr std::array<std::string_view, 7> names{"language", "add_tag", "remove_tag", "licence", "withhold", "show", "series"};
  return names.at(static_cast<std::size_t>(deed));
}
std::string_view words_of(Deed deed) {
  static constexpr std::array<std::string_view, 7> words{"set the language",
                                                         "add a topic",
                                                         "take a topic away",
                                                         "set the licence",
                                                         "withhold their videos",
                                                         "show their videos again",
                                                         "move their events to a series"};
  return words.at(static_cast<std::size_t>(deed));
}
std::optional<Deed> deed_named(std::string_view name) {
  const auto* found = std::ranges::find(all_deeds, name, [](Deed deed) { return name_of(deed); });
  return found == all_deeds.end() ? std::nullopt : std::optional(*found);
}

Result<ManySeen> look_at_many(db::Tx& tx, const Actor& actor, const ManyAsked& asked) {
  TRY(require(actor, Right::archive, Scope{}));
  TRY_ASSIGN(const auto what, checked(asked));
  TRY_ASSIGN(const auto plan, plan_of(tx, what));
  return seen_of(tx, what, plan);
}

Result<std::int64_t> change_many(db::Database& db, const Actor& actor, const ManyAsked& asked, std::string_view fingerprint) {
  TRY(require(actor, Right::archive, Scope{}));
  TRY_ASSIGN(const auto what, checked(asked));
  TRY_ASSIGN(auto tx, db.begin_write());
  TRY_ASSIGN(const auto plan, plan_of(tx, what));
  TRY_ASSIGN(const auto seen, seen_of(tx, what, plan));
  const auto count = std::ssize(seen.changing);
  if (seen.fingerprint != fingerprint)
    return fail(ErrorCode::conflict,
                "Something was changed since you looked: " + std::to_string(count) + " would change now. Look again; nothing was changed.");
  if (count == 0) return fail(ErrorCode::conflict, "Nothing would change.");
  const bool moves = *what.deed == Deed::series;
  Case c;
  c.kind = Kind::many;
  c.note = what.query;
  c.answer = std::to_string(count) + (moves ? " event" : " talk") + (count == 1 ? ": " : "s: ") + std::string(words_of(*what.deed));
  if (!what.value.empty() || *what.deed == Deed::language) c.answer += ": " + (what.value.empty() ? "und" : what.value);
  TRY_ASSIGN(c.id, store::add(tx, c));
  Json undo = Json::array();
  std::map<EventId, std::vector<Correctable>> changed;
  const std::string field(field_of(*what.deed));
  for (const auto& [before, after] : plan.talks) {
    undo.push_back({{"talk", before.talk.code}, {"undo", remembered(std::span(&field, 1), before, after)}});
    TRY(put_corrected(tx, plan.events.at(before.talk.event), before, after));
    changed[before.talk.event].push_back(after);
  }
  for (const auto& [id, talks] : changed) {
    TRY(index_again(tx, plan.events.at(id), talks));
    TRY(tell(tx, actor, "archive.many_changed", plan.events.at(id), c.id, std::ssize(talks)));
  }
  if (moves)
    for (const auto& [id, event] : plan.events) {
      undo.push_back({{"event", id.value}, {"was", event.series.value}, {"now", plan.series.id.value}});
      TRY(put_into(tx, event, plan.series.id));
      TRY(tell(tx, actor, "archive.many_changed", event, c.id, 0));
    }
  TRY(store::decide(tx, c, State::accepted, actor.person, c.answer, 0, undo.dump(-1, ' ', false, Json::error_handler_t::replace)));
  TRY(tx.commit());
  return count;
}

Result<std::vector<std::string>> undo_many(db::Tx& tx, const Actor& actor, const Case& c) {
  Undoing undoing(tx);
  try {
    for (const auto& one : Json::parse(c.undo)) {
      if (one.contains("event"))
        TRY(undoing.event(EventId{one.at("event").get<std::int64_t>()}, SeriesId{one.at("was").get<std::int64_t>()},
                          SeriesId{one.at("now").get<std::int64_t>()}));
      else
        TRY(undoing.talk(one.at("talk").get<std::string>(), one.at("undo").get<std::string>()));
    }
  } catch (const Json::exception& e) {
    return fail(ErrorCode::internal, "What stood there before cannot be read any more.", e.what());
  }
  TRY(undoing.finish());
  for (const auto& [id, event] : undoing.touched) {
    const auto talks = undoing.changed.find(id);
    TRY(tell(tx, actor, "archive.many_undone", event, c.id, talks == undoing.changed.end() ? 0 : std::ssize(talks->second)));
  }
  return std::move(undoing.left);
}

}  // namespace confer::keeping
