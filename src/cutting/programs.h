// Programs that whoever runs the installation has configured: they are given what is online (uploads elsewhere), or its sound (a recogniser of speech). Each
// run is kept, with how it ended. What is run is said in the settings' file alone, never by anybody at a browser.
#pragma once
#include <chrono>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>
#include "cutting/cutting.h"
#include "people/people.h"

namespace confer::cutting {

extern const char* const hook_kind;
extern const char* const recognise_kind;

/// What happened to a talk's video.
enum class Occasion : unsigned char { published = 0, revised = 1, removed = 2, recognised = 3 };
std::string_view name_of(Occasion occasion);
std::optional<Occasion> occasion_named(std::string_view name);

/// A target of uploads.
struct Hook {
  std::string name;                  ///< "archive.org"
  std::vector<std::string> command;  ///< words with {placeholders}; no shell reads them
  std::set<Occasion> occasions{Occasion::published, Occasion::revised};
  std::vector<std::string> licences;  ///< only what is under one of these; empty: whatever is online
  std::chrono::minutes timeout{120};
};
struct Recogniser {
  std::vector<std::string> command;
  std::chrono::minutes timeout{360};
  bool is_there() const { return !command.empty(); }
};
/// Why a command cannot be taken, as the end of a sentence; empty when it can. A word may not begin with what people of the web wrote: it would be read as an
/// option.
std::string wrong_with_command(const std::vector<std::string>& command, bool is_recogniser);

enum class RunState : unsigned char { waiting = 0, done = 1, failed = 2, given_up = 3, needless = 4 };
/// "in the queue", "done", "failed, is tried again", "given up", "not needed".
std::string_view in_words(RunState state);

struct Run {
  std::int64_t id = 0;
  CutId cut;
  std::string target;  ///< a hook's name, or `recogniser_name`
  Occasion occasion = Occasion::published;
  std::string hash;  ///< of the published file that it is about
  RunState state = RunState::waiting;
  int attempts = 0;
  std::optional<int> exit_code;  ///< none: it did not run, or was killed
  std::string words;             ///< its last ones, or why it did not run
  std::string url;               ///< where it said that the upload is
  Instant queued_at{};
  std::optional<Instant> ended_at;
};
inline constexpr std::string_view recogniser_name = "recogniser";

/// What is shown of a talk's cuts changed: its speakers are told when the first one can be seen, hooks are queued. Asks what is true now, and knows what it has
/// told: it may be called as often as one likes.
Result<void> follow_showing(db::Tx& tx, const people::SignIn& sign_in, std::span<const Hook> hooks, const events::Event& event, std::string_view talk_code);

/// Newest first.
Result<std::vector<Run>> runs_of(db::Tx& tx, CutId cut);
/// A run that was given up is queued again. Errors: by right (media); not_found; conflict – it was not given up.
Result<void> run_again(db::Tx& tx, const Actor& actor, const events::Event& event, const Cut& cut, std::int64_t run);

/// The address in "url: https://…", the last line of what a program printed; empty when it is none of the web.
std::string url_in(std::string_view output);
/// The end of what a program said, fit to be shown.
std::string last_words(std::string_view output);

}  // namespace confer::cutting
