// The list of an event's speakers as its pages see it: who is shown, and who is chosen.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>
#include "people/web.h"
#include "programme/organiser_speakers.h"

namespace confer::programme {

struct SpeakerRow {
  CreditedSpeaker speaker;
  std::string address;  ///< where mails go; empty as well for those who may not see it
  std::vector<std::string> missing;
  std::size_t to_confirm = 0, placed = 0, off = 0;  ///< sessions: accepted, in a slot, cancelled
  std::size_t clashes = 0;
  DaysThere there;

  /// What ticks it: the person's code, or the name where there is no person.
  std::string key() const { return speaker.code.empty() ? "name:" + speaker.name : speaker.code; }
};

/// All that the list is drawn from.
struct ListedSpeakers {
  SpeakerList list;
  std::vector<events::Track> tracks;
  std::vector<SpeakerRow> rows;
  bool may_see_addresses = false;
};

Result<ListedSpeakers> load_speaker_list(db::Tx& tx, const http::Request& request);

/// What the list shows; read from the query.
struct SpeakerFilter {
  std::string text, sessions, track, language, missing, times;

  explicit SpeakerFilter(const http::Fields& query);
  /// By their names in the query.
  std::vector<std::pair<std::string_view, const std::string*>> fields() const;
  bool matches(const SpeakerRow& row) const;
  /// "?sessions=unconfirmed&track=3", or nothing.
  std::string query() const;
};

/// The rows that a form means: the ticked ones, or all that the filter shows.
std::vector<const SpeakerRow*> chosen_rows(const ListedSpeakers& l, const SpeakerFilter& filter, const http::Fields& sent);

/// The list; with an error, what was sent is shown again.
Result<http::Response> show_speaker_list(const Web& web, const http::Request& request, const Error* error);

}  // namespace confer::programme
