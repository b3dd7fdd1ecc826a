// Runs of configured programs: what is known of them, and when they are queued (programs.h).
#include "cutting/programs.h"
#include <algorithm>
#include <array>
#include "base/json_writer.h"
#include "base/text.h"
#include "cutting/notices.h"
#include "cutting/running.h"
#include "cutting/store.h"
#include "recordings/recordings.h"
#include "talks/talks.h"

namespace confer::cutting {
namespace {

constexpr std::array<std::string_view, 4> occasion_names{"published", "revised", "removed", "recognised"};

struct Placeholder {
  std::string_view name;
  bool is_free_text;  ///< what people of the web wrote
  bool is_of_hook, is_of_recogniser;
};
constexpr std::array<Placeholder, 14> placeholders{{{"{file}", false, true, true},
                                                    {"{folder}", false, true, true},
                                                    {"{metadata}", false, true, false},
                                                    {"{poster}", false, true, false},
                                                    {"{occasion}", false, true, false},
                                                    {"{event}", false, true, true},
                                                    {"{talk}", false, true, true},
                                                    {"{address}", false, true, false},
                                                    {"{url}", false, true, false},
                                                    {"{language}", false, true, true},
                                                    {"{sound}", false, false, true},
                                                    {"{captions}", false, false, true},
                                                    {"{title}", true, true, false},
                                                    {"{licence}", true, true, false}}};

/// Whether something of this target is where it was uploaded, as far as it said.
bool is_uploaded(const std::vector<Run>& runs, std::string_view target) {
  for (const auto& run : runs)  // newest first
    if (run.target == target && run.state == RunState::done) return run.occasion != Occasion::removed;
  return false;
}

Result<void> queue_hooks(db::Tx& tx, std::span<const Hook> hooks, EventId event, const recordings::Recording* recording, Run run) {
  TRY_ASSIGN(const auto before, store::runs_of(tx, run.cut));
  for (const auto& hook : hooks) {
    if (!hook.occasions.contains(run.occasion)) continue;
    if (run.occasion == Occasion::removed && !is_uploaded(before, hook.name)) continue;
    const bool is_free = hook.licences.empty() || (recording != nullptr && std::ranges::find(hook.licences, recording->license) != hook.licences.end());
    if (run.occasion != Occasion::removed && !is_free) continue;
    run.target = hook.name;
    TRY(queue_run(tx, event, run));
  }
  return {};
}

}  // namespace

std::string_view name_of(Occasion occasion) { return occasion_names.at(static_cast<std::size_t>(occasion)); }
std::optional<Occasion> occasion_named(std::string_view name) {
  const auto found = std::ranges::find(occasion_names, name);
  if (found == occasion_names.end()) return std::nullopt;
  return static_cast<Occasion>(found - occasion_names.begin());
}

std::string_view in_words(RunState state) {
  static constexpr std::array<std::string_view, 5> words{"in the queue", "done", "failed, is tried again", "given up", "not needed"};
  return words.at(static_cast<std::size_t>(state));
}

std::string wrong_with_command(const std::vector<std::string>& command, bool is_recogniser) {
  if (command.empty() || command.front().empty()) return "needs a program.";
  if (command.front().contains('{')) return "must begin with a program, not with a placeholder.";
  for (const auto& word : command)
    for (std::size_t at = word.find('{'); at != std::string::npos; at = word.find('{', at + 1)) {
      const auto found = std::ranges::find_if(placeholders, [&](const Placeholder& p) { return std::string_view(word).substr(at).starts_with(p.name); });
      if (found == placeholders.end() || !(is_recogniser ? found->is_of_recogniser : found->is_of_hook))
        return "has a placeholder that does not exist here: “" + word.substr(at, word.find('}', at) - at + 1) + "”.";
      if (found->is_free_text && at == 0)
        return "has “" + std::string(found->name) +
               "” at the beginning of a word, where a title could be read as an option: write --title=" + std::string(found->name) + ".";
    }
  return {};
}

Result<void> queue_run(db::Tx& tx, EventId event, const Run& run) {
  TRY_ASSIGN(const auto id, store::add(tx, run));
  return enqueue_run(tx, event, run.occasion, id);
}

Result<void> enqueue_run(db::Tx& tx, EventId event, Occasion occasion, std::int64_t run) {
  // A host that is away is asked for about eight hours; a recogniser that failed four times will fail again.
  constexpr int upload_attempts = 20, recognise_attempts = 4;
  const bool is_upload = occasion != Occasion::recognised;
  TRY(jobs::enqueue(tx, {.kind = is_upload ? hook_kind : recognise_kind,
                         .input = JsonWriter().begin_object().field("run", run).end_object().take(),
                         .max_attempts = is_upload ? upload_attempts : recognise_attempts,
                         .event = event.value,
                         .unique_key = "cutting.run:" + std::to_string(run)}));
  return {};
}

Result<void> follow_showing(db::Tx& tx, const people::SignIn& sign_in, std::span<const Hook> hooks, const events::Event& event, std::string_view talk_code) {
  TRY_ASSIGN(const auto talk, talks::find_talk(tx, talk_code));
  if (!talk || talk->event != event.id) return {};
  TRY_ASSIGN(const auto cuts, store::shown_of_talk(tx, talk->id));
  if (cuts.empty()) return {};
  TRY_ASSIGN(const auto recording, recordings::find_recording(tx, talk->id));
  const bool may_be_shown = recording && recordings::may_be_shown(*recording);
  for (const auto& cut : cuts) {
    const std::string now = may_be_shown ? cut.published_hash : std::string();
    if (now == cut.shown_hash) continue;
    TRY(store::set_shown(tx, cut.id, now));
    if (cut.shown_hash.empty()) TRY(tell_online(tx, sign_in, event, *talk));
    const Occasion occasion = now.empty() ? Occasion::removed : cut.shown_hash.empty() ? Occasion::published : Occasion::revised;
    TRY(queue_hooks(tx, hooks, event.id, recording ? &*recording : nullptr,
                    Run{.cut = cut.id, .target = {}, .occasion = occasion, .hash = now.empty() ? cut.shown_hash : now}));
  }
  return {};
}

Result<std::vector<Run>> runs_of(db::Tx& tx, CutId cut) { return store::runs_of(tx, cut); }

Result<void> run_again(db::Tx& tx, const Actor& actor, const events::Event& event, const Cut& cut, std::int64_t id) {
  TRY(require(actor, Right::media, events::scope_of(event)));
  TRY_ASSIGN(auto run, store::find_run(tx, id));
  if (!run || run->cut != cut.id) return fail(ErrorCode::not_found, "There is no such run.");
  if (run->state != RunState::given_up) return fail(ErrorCode::conflict, "This was not given up: it is done, or tried again by itself.");
  run->state = RunState::waiting;
  run->attempts = 0;
  TRY(store::change(tx, *run));
  return enqueue_run(tx, event.id, run->occasion, run->id);
}

std::string url_in(std::string_view output) {
  constexpr std::size_t longest_url = 2000;
  std::string_view line = trim(output);
  if (const auto end = line.rfind('\n'); end != std::string_view::npos) line = trim(line.substr(end + 1));
  constexpr std::string_view told = "url:";
  if (!line.starts_with(told)) return {};
  line = trim(line.substr(told.size()));
  const auto scheme = line.find("://");
  const bool is_of_web = line.starts_with("https://") || line.starts_with("http://");
  if (!is_of_web || line.size() > longest_url || scheme + 3 == line.size()) return {};
  const bool is_plain = std::ranges::all_of(line, [](char c) { return c > ' ' && c < '\x7f' && c != '"' && c != '<' && c != '>' && c != '\\'; });
  return is_plain ? std::string(line) : std::string();
}

std::string last_words(std::string_view output) {
  constexpr std::size_t most = 1000;
  std::string plain;
  output = trim(output);
  if (output.size() > 2 * most) output.remove_prefix(output.size() - 2 * most);
  for (std::size_t i = 0; i < output.size(); ++i) {
    // Colours of a terminal.
    if (output[i] == '\x1b') {
      while (i + 1 < output.size() && (output[i] < '@' || output[i] > '~' || output[i] == '[')) ++i;
      continue;
    }
    const bool is_control = static_cast<unsigned char>(output[i]) < ' ' && output[i] != '\n';
    if (output[i] == '\r')
      plain += '\n';
    else if (!is_control && output[i] != '\x7f')
      plain += output[i];
  }
  if (plain.size() > most) plain.erase(0, plain.size() - most);
  return std::string(trim(repair_utf8(plain)));
}

}  // namespace confer::cutting
