// Finding and changing talks: right, form, rows, fact.
#include "talks/talks.h"
#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <set>
#include "base/json_writer.h"
#include "base/random.h"
#include "base/text.h"
#include "people/who.h"
#include "talks/file_store.h"
#include "talks/store.h"

namespace confer::talks {
namespace {

constexpr std::array<std::string_view, 6> state_names{"draft", "submitted", "accepted", "confirmed", "cancelled", "archived"};
constexpr std::array<std::string_view, 5> role_names{"speaker", "moderator", "panelist", "author", "host"};

Scope scope_of(const events::Event& event, TrackId track) {
  Scope scope = events::scope_of(event);
  scope.track = track;
  return scope;
}

std::vector<FieldProblem> check_talk(const Talk& t) {
  std::vector<FieldProblem> p;
  auto text = [&](std::string_view value, std::string_view field, std::size_t max) {
    if (auto ok = check_text(value, field, max); !ok) p.push_back(ok.error().problems.front());
  };
  if (t.title.empty()) p.push_back({"title", "A talk needs a title."});
  text(t.title, "title", 1000);
  text(t.subtitle, "subtitle", 1000);
  text(t.abstract, "abstract", 200'000);
  text(t.description, "description", 200'000);
  text(t.level, "level", 200);
  if (!t.language.empty() && !is_language_tag(t.language)) p.push_back({"language", "“" + t.language + "” is not a language code such as en or pt-BR."});
  if (!is_uuid(t.guid)) p.push_back({"guid", "A GUID is written as 8-4-4-4-12 hexadecimal digits."});
  for (const auto& [field, url] : {std::pair<const char*, const std::string&>{"links", t.logo_url}, {"feedback_url", t.feedback_url}, {"links", t.origin_url}})
    if (!url.empty() && !url.starts_with("http://") && !url.starts_with("https://"))
      p.push_back({field, "“" + ellipsis(url, 100) + "” is not a web address: it should start with https://."});
  for (const auto& [field, list] : {std::pair<const char*, const std::vector<Link>&>{"links", t.links}, {"attachments", t.attachments}})
    for (const auto& link : list)
      if (!link.url.starts_with("http://") && !link.url.starts_with("https://") && !link.url.starts_with("/"))
        p.push_back({field, "“" + ellipsis(link.url, 100) + "” is not a web address: it should start with https://."});
  for (const auto& credit : t.credits)
    if (credit.name.empty()) p.push_back({"credits", "A credit needs the name as it is to be printed."});
  for (const auto& tag : t.tags) text(tag, "tags", 200);
  return p;
}

Result<void> note(db::Tx& tx, const Actor& actor, std::string_view fact, const events::Event& event, std::string_view code, std::string data = "{}") {
  return journal::record(tx, who(actor), fact, event.series.value, event.id.value, "talk:" + std::string(code), std::move(data));
}

/// The names of the fields that differ: what the audit trail says of a change.
std::string changed_fields(const Talk& a, const Talk& b) {
  JsonWriter w;
  w.begin_object().key("fields").begin_array();
  auto differ = [&](bool yes, const char* name) {
    if (yes) w.value(name);
  };
  differ(a.title != b.title, "title");
  differ(a.subtitle != b.subtitle, "subtitle");
  differ(a.abstract != b.abstract, "abstract");
  differ(a.description != b.description, "description");
  differ(a.track != b.track, "track");
  differ(a.type != b.type, "type");
  differ(a.language != b.language, "language");
  differ(a.level != b.level, "level");
  differ(a.tags != b.tags, "tags");
  differ(a.credits != b.credits, "credits");
  differ(a.state != b.state, "state");
  differ(consent_of(a) != consent_of(b) || a.do_not_stream != b.do_not_stream, "recording");
  differ(a.links != b.links || a.attachments != b.attachments, "links");
  return w.end_array().end_object().take();
}

/// What a form says newly fits; what an import brought may be longer, and stays.
std::vector<FieldProblem> check_lengths(const Talk& next, const Talk& before) {
  constexpr std::size_t longest_name = 200, longest_address = 2000, longest_title = 1000;
  std::vector<FieldProblem> p;
  const auto text = [&](std::string_view value, std::string_view field, std::size_t max) {
    if (auto ok = check_text(value, field, max); !ok) p.push_back(ok.error().problems.front());
  };
  if (next.credits != before.credits)
    for (const auto& credit : next.credits) text(credit.name, "credits", longest_name);
  const auto links = [&](const std::vector<Link>& list, const std::vector<Link>& known, std::string_view field) {
    if (list == known) return;
    for (const auto& link : list) {
      text(link.url, field, longest_address);
      text(link.title, field, longest_title);
    }
  };
  links(next.links, before.links, "links");
  links(next.attachments, before.attachments, "attachments");
  if (next.feedback_url != before.feedback_url) text(next.feedback_url, "feedback_url", longest_address);
  if (next.license != before.license) text(next.license, "license", longest_title);
  return p;
}

/// A track or session type that is chosen is one of this event's. What a talk had before stays, also when it was removed meanwhile.
Result<void> check_change(db::Tx& tx, const events::Event& event, const Talk& next, const Talk& before) {
  std::vector<FieldProblem> p = check_lengths(next, before);
  if (next.track && next.track != before.track) {
    TRY_ASSIGN(const auto tracks, events::list_tracks(tx, event));
    if (std::ranges::find(tracks, next.track, &events::Track::id) == tracks.end())
      p.push_back({"track", "This event has no such track, or no longer: choose one of the list."});
  }
  if (next.type && next.type != before.type) {
    TRY_ASSIGN(const auto types, events::list_session_types(tx, event));
    if (std::ranges::find(types, next.type, &events::SessionType::id) == types.end())
      p.push_back({"type", "This event has no such session type, or no longer: choose one of the list."});
  }
  if (p.empty()) return {};
  std::string message = p.front().message;
  return std::unexpected(Error{ErrorCode::invalid, std::move(message), {}, {}, std::move(p)});
}

/// The talk as it is, if the actor may change it there. A track-limited actor needs the track it has.
Result<Talk> require_change(db::Tx& tx, const Actor& actor, const events::Event& event, TalkId id) {
  TRY_ASSIGN(auto found, store::find_talk(tx, id));
  if (!found || found->event != event.id) return fail(ErrorCode::not_found, "There is no such talk.");
  TRY(require(actor, Right::programme, scope_of(event, found->track)));
  return std::move(*found);
}

}  // namespace

std::string_view name_of(State s) { return state_names[static_cast<std::size_t>(s)]; }
std::string_view link_kind_in_words(int kind) {
  static constexpr std::array<std::string_view, link_kinds> words{"related page", "slides",  "paper",          "web site",
                                                                  "blog",         "article", "video or audio", "Fediverse"};
  return words.at(static_cast<std::size_t>(kind >= 0 && kind < link_kinds ? kind : 0));
}

std::string_view name_of(CreditRole r) { return role_names[static_cast<std::size_t>(r)]; }

Result<std::vector<Talk>> list_talks(db::Tx& tx, EventId event) {
  TRY_ASSIGN(auto talks, store::list_talks(tx, event));
  TRY_ASSIGN(auto credits, store::credits_of_event(tx, event));
  std::map<TalkId, Talk*> by_id;
  for (auto& talk : talks) by_id[talk.id] = &talk;
  for (auto& [talk, credit] : credits)
    if (const auto found = by_id.find(talk); found != by_id.end()) found->second->credits.push_back(std::move(credit));
  TRY_ASSIGN(auto files, file_store::of_event(tx, event));
  for (auto& file : files)
    if (const auto found = by_id.find(file.talk); found != by_id.end()) found->second->files.push_back(std::move(file));
  return talks;
}

Result<std::vector<Talk>> list_parts(db::Tx& tx, EventId event, Parts which) {
  TRY_ASSIGN(auto parts, store::list_parts(tx, event, which == Parts::with_removed));
  if (parts.empty()) return parts;
  TRY_ASSIGN(auto credits, store::credits_of_parts(tx, event));
  for (auto& [talk, credit] : credits)
    if (const auto part = std::ranges::find(parts, talk, &Talk::id); part != parts.end()) part->credits.push_back(std::move(credit));
  return parts;
}

Result<std::vector<Talk>> parts_of(db::Tx& tx, TalkId block) { return store::parts_of_talk(tx, block); }

Result<Consent> whole_consent_of(db::Tx& tx, const Talk& talk) {
  Consent consent = consent_of(talk);
  if (talk.part_of) {
    TRY_ASSIGN(const auto block, store::find_talk(tx, talk.part_of));
    return block ? stricter(consent, consent_of(*block)) : consent;
  }
  TRY_ASSIGN(const auto parts, store::parts_of_talk(tx, talk.id));
  for (const auto& part : parts) consent = stricter(consent, consent_of(part));
  return consent;
}

Result<std::optional<Talk>> find_talk(db::Tx& tx, std::string_view code) {
  TRY_ASSIGN(auto talk, store::find_talk(tx, code));
  if (talk) {
    TRY_ASSIGN(talk->credits, store::credits_of_talk(tx, talk->id));
    TRY_ASSIGN(talk->files, file_store::of_talk(tx, talk->id));
    std::erase_if(talk->files, [](const StoredFile& f) { return f.removed_at.has_value(); });
  }
  return talk;
}

Result<void> require_change_of_talk(db::Tx& tx, const Actor& actor, const events::Event& event, TalkId id) {
  TRY(require_change(tx, actor, event, id));
  return {};
}

Result<std::string> code_of_talk(db::Tx& tx, TalkId id) {
  TRY_ASSIGN(auto talk, store::find_talk(tx, id));
  return talk ? std::move(talk->code) : std::string();
}

Result<bool> is_talk_of(db::Tx& tx, EventId event, TalkId id) {
  TRY_ASSIGN(const auto talk, store::find_talk(tx, id));
  return talk && talk->event == event;
}

Result<Talk> require_talk(db::Tx& tx, EventId event, std::string_view code) {
  TRY_ASSIGN(auto talk, find_talk(tx, code));
  if (!talk || talk->event != event) return fail(ErrorCode::not_found, "There is no such talk in this event.");
  return std::move(*talk);
}

Result<std::optional<Talk>> find_talk(db::Tx& tx, TalkId id) {
  TRY_ASSIGN(auto talk, store::find_talk(tx, id));
  if (talk) {
    TRY_ASSIGN(talk->credits, store::credits_of_talk(tx, talk->id));
  }
  return talk;
}

Result<std::vector<Talk>> talks_of(db::Tx& tx, PersonId person) {
  TRY_ASSIGN(auto talks, store::talks_of_person(tx, person));
  for (auto& talk : talks) {
    TRY_ASSIGN(talk.credits, store::credits_of_talk(tx, talk.id));
  }
  return talks;
}

Result<std::optional<TalkId>> find_removed(db::Tx& tx, EventId event, std::string_view code) { return store::find_removed(tx, event, code); }

Result<std::vector<std::string>> removed_guids(db::Tx& tx, EventId event) { return store::removed_guids(tx, event); }

Result<std::string> free_code(db::Tx& tx) {
  for (;;) {
    std::string code = random_code();
    TRY_ASSIGN(bool taken, store::is_code_taken(tx, code));
    if (!taken) return code;
  }
}

Result<std::vector<std::string>> codes_for(db::Tx& tx, const std::vector<std::string>& guids) {
  std::vector<std::string> codes(guids.size());
  std::set<std::string> ours;
  std::vector<std::size_t> open(guids.size());
  std::iota(open.begin(), open.end(), std::size_t{0});
  for (int attempt = 0; !open.empty(); ++attempt) {
    std::vector<std::string> tried;
    for (const std::size_t i : open) tried.push_back(code_of(attempt == 0 ? guids[i] : guids[i] + "/" + std::to_string(attempt)));
    TRY_ASSIGN(const auto taken, store::taken_codes(tx, tried));
    std::vector<std::size_t> still_open;
    for (std::size_t at = 0; at < open.size(); ++at) {
      if (std::ranges::find(taken, tried[at]) != taken.end() || !ours.insert(tried[at]).second)
        still_open.push_back(open[at]);
      else
        codes[open[at]] = std::move(tried[at]);
    }
    open = std::move(still_open);
  }
  return codes;
}

namespace {

/// As it is stored. Errors: invalid – with problems.
Result<void> prepare(const events::Event& event, Talk& talk) {
  talk.event = event.id;
  talk.title = tidy_line(talk.title);
  for (auto& credit : talk.credits) credit.name = tidy_line(credit.name);
  if (talk.guid.empty()) talk.guid = random_uuid();
  talk.slug = slugify(talk.title);
  if (talk.slug.empty()) talk.slug = "talk";
  if (auto p = check_talk(talk); !p.empty()) return std::unexpected(Error{ErrorCode::invalid, "Some fields need another look.", {}, {}, std::move(p)});
  return {};
}

}  // namespace

Result<Talk> put_talk(db::Tx& tx, const events::Event& event, Talk talk) {
  // A credit that an erasure emptied stays as it is.
  const auto credits = talk.credits;
  std::erase_if(talk.credits, [](const Credit& credit) { return credit.name.empty() && !credit.person; });
  TRY(prepare(event, talk));
  talk.credits = credits;
  if (!talk.id) {
    TRY_ASSIGN(talk.id, store::add(tx, talk));
    talk.version = 1;
    TRY(store::add_credits(tx, talk.id, talk.credits));
    return talk;
  }
  TRY_ASSIGN(const bool done, store::change(tx, talk));
  if (!done) return fail(ErrorCode::conflict, "Someone else changed this talk meanwhile.");
  ++talk.version;
  TRY(store::replace_credits(tx, talk.id, talk.credits));
  return talk;
}

Result<bool> put_away(db::Tx& tx, EventId event, TalkId id) { return store::remove(tx, event, id); }
Result<bool> bring_back(db::Tx& tx, EventId event, TalkId id) { return store::restore(tx, event, id); }

Result<Talk> save_talk(db::Tx& tx, const Actor& actor, const events::Event& event, Talk talk) {
  TRY(require(actor, Right::programme, scope_of(event, talk.track)));
  TRY(prepare(event, talk));
  if (!talk.id) {
    TRY(check_change(tx, event, talk, {}));
    if (talk.code.empty()) {
      TRY_ASSIGN(talk.code, free_code(tx));
    }
    TRY_ASSIGN(talk.id, store::add(tx, talk));
    talk.version = 1;
    TRY(store::replace_credits(tx, talk.id, talk.credits));
    TRY(note(tx, actor, "talk.added", event, talk.code));
    return talk;
  }
  TRY_ASSIGN(Talk before, require_change(tx, actor, event, talk.id));
  TRY_ASSIGN(before.credits, store::credits_of_talk(tx, talk.id));
  TRY(check_change(tx, event, talk, before));
  TRY_ASSIGN(bool done, store::change(tx, talk));
  if (!done) return fail(ErrorCode::conflict, "Someone else changed this talk meanwhile. Load the page again to see how it is now, then make your change.");
  ++talk.version;
  if (before.credits != talk.credits) TRY(store::replace_credits(tx, talk.id, talk.credits));
  TRY(note(tx, actor, "talk.changed", event, talk.code, changed_fields(before, talk)));
  return talk;
}

Result<void> set_state(db::Tx& tx, const Actor& actor, const events::Event& event, TalkId id, State state) {
  TRY_ASSIGN(Talk talk, require_change(tx, actor, event, id));
  TRY(store::set_state(tx, event.id, id, state));
  return note(tx, actor, "talk.state_set", event, talk.code,
              JsonWriter().begin_object().field("from", name_of(talk.state)).field("to", name_of(state)).end_object().take());
}

Result<void> remove_talk(db::Tx& tx, const Actor& actor, const events::Event& event, TalkId id) {
  TRY_ASSIGN(Talk talk, require_change(tx, actor, event, id));
  TRY_ASSIGN(bool done, store::remove(tx, event.id, id));
  if (!done) return fail(ErrorCode::not_found, "This talk is not there any more.");
  return note(tx, actor, "talk.removed", event, talk.code);
}

Result<void> restore_talk(db::Tx& tx, const Actor& actor, const events::Event& event, TalkId id) {
  TRY_ASSIGN(Talk talk, require_change(tx, actor, event, id));
  TRY_ASSIGN(bool done, store::restore(tx, event.id, id));
  if (!done) return fail(ErrorCode::conflict, "This talk was not removed.");
  return note(tx, actor, "talk.restored", event, talk.code);
}

Result<std::string> export_person(db::Tx& tx, PersonId id) {
  TRY_ASSIGN(auto credits, store::credits_of_person(tx, id));
  JsonWriter w;
  w.begin_array();
  for (const auto& c : credits)
    w.begin_object()
        .field("talk", c.code)
        .field("title", c.title)
        .field("printed_name", c.name)
        .field("role", name_of(c.role))
        .field("biography", c.biography)
        .field("picture", c.avatar_url)
        .end_object();
  return w.end_array().take();
}

Result<std::string> export_files(db::Tx& tx, PersonId id) {
  TRY_ASSIGN(const auto files, file_store::of_person(tx, id));
  JsonWriter w;
  w.begin_array();
  for (const auto& f : files)
    w.begin_object()
        .field("address", address_of(f))
        .field("title", f.title)
        .field("name", f.name)
        .field("size_bytes", static_cast<std::int64_t>(f.size_bytes))
        .field("uploaded_at", to_text(f.created_at))
        .field("uploaded_by_this_person", f.uploaded_by == id)
        .end_object();
  return w.end_array().take();
}

Result<std::vector<StoredFile>> files_of_person_alone(db::Tx& tx, PersonId id) { return file_store::of_person_alone(tx, id); }

Result<void> adopt_namesakes(db::Tx& tx, PersonId id) { return store::adopt_namesakes(tx, id); }

Result<std::vector<files::Hash>> erase_person(db::Tx& tx, PersonId id) {
  std::vector<files::Hash> hashes;
  TRY_ASSIGN(const auto alone, file_store::of_person_alone(tx, id));
  for (const auto& file : alone) {
    TRY(file_store::erase(tx, file.id));
    hashes.push_back(file.hash);
  }
  TRY(file_store::forget_uploader(tx, id));
  TRY(store::erase_credits(tx, id));
  return hashes;
}

Result<std::vector<std::string>> check(db::Tx& tx) {
  std::vector<std::string> problems;
  TRY_ASSIGN(auto foreign, store::talks_with_foreign_track(tx));
  for (const auto& code : foreign) problems.push_back("talks: " + code + " has a track of another event");
  TRY_ASSIGN(foreign, store::talks_with_foreign_type(tx));
  for (const auto& code : foreign) problems.push_back("talks: " + code + " has a session type of another event");
  TRY_ASSIGN(auto nameless, store::credits_without_name(tx));
  for (const auto& code : nameless) problems.push_back("talks: " + code + " credits somebody without a printed name");
  return problems;
}

}  // namespace confer::talks
