// What the machine does for cuts just now (team.h).
#include "cutting/pages/team.h"
#include <algorithm>
#include <cmath>
#include "base/text.h"
#include "cutting/jobs.h"
#include "events/organiser_frame.h"

namespace confer::cutting {

Result<Work> work_of(db::Tx& tx, EventId event) {
  Work work;
  for (const auto state : {jobs::State::waiting, jobs::State::running, jobs::State::dead}) {
    constexpr int most = 1000;
    TRY_ASSIGN(const auto list, jobs::list_jobs(tx, event.value, state, most));
    for (const auto& job : list) {
      if (job.kind != preview_kind && job.kind != publish_kind) continue;
      auto& kept = work[cut_of(job)];
      if (kept.id < job.id) kept = job;
    }
  }
  return work;
}

std::vector<PartOfBlock> parts_of_block(const footage::PlannedSlot& slot, const std::vector<Cut>& cuts) {
  std::vector<PartOfBlock> parts;
  for (const auto& planned : slot.parts) {
    const auto cut = std::ranges::find_if(cuts, [&](const Cut& c) { return c.slot == slot.number && c.block && c.talk_code == planned.talk; });
    parts.push_back({.planned = planned, .cut = cut == cuts.end() ? nullptr : &*cut});
  }
  return parts;
}

std::string path_of_cut(const events::Event& event, std::int64_t slot, std::string_view part) {
  return events::organiser_path(event, "cuts/" + std::to_string(slot) + (part.empty() ? "" : "/parts/" + std::string(part)));
}

std::string_view kind_of(Stage stage) {
  switch (stage) {
    case Stage::published:
      return "good";
    case Stage::wrong:
      return "error";
    case Stage::review:
      return "warning";
    case Stage::stopped:
      return "cancelled";
    default:
      return "";
  }
}

namespace {
/// What was done of a job, before how fast it goes says anything.
constexpr double enough_to_tell = 0.05;
}  // namespace

std::string embargo_in_words(Instant until, const Zone& zone) {
  if (until == Instant::max()) return "embargoed";
  return "embargoed until " + replace_all(to_text(zone.to_wall(until)), "T", " ");
}

std::string left_in_words(const jobs::Job& job, Instant now) {
  if (job.state != jobs::State::running || job.progress < enough_to_tell) return {};
  const auto left = milliseconds(std::llround(static_cast<double>((now - job.claimed_at).count()) * (1 - job.progress) / job.progress));
  if (left < minutes(1)) return "less than a minute left";
  const auto rounded = std::chrono::ceil<minutes>(left);
  if (rounded < std::chrono::hours(2)) return "about " + std::to_string(rounded.count()) + " min left";
  return "about " + std::to_string(std::chrono::ceil<std::chrono::hours>(left).count()) + " h left";
}

std::string in_words(const jobs::Job& job, Instant now) {
  constexpr double hundred = 100;
  if (job.state == jobs::State::running) {
    const std::string left = left_in_words(job, now);
    return std::to_string(std::lround(job.progress * hundred)) + " %" + (left.empty() ? "" : ", " + left);
  }
  if (job.state == jobs::State::dead) return "given up";
  if (job.attempts > 0) return "failed, is tried again";
  return job.problem.empty() ? "in the queue" : "waiting";
}

std::string day_in_words(const Work& work, Instant now, const Zone& zone) {
  // How long one takes is told by those that are under way; what waits is taken to be like them.
  std::int64_t open = 0;
  double parts_left = 0, ms_a_part = 0;
  int running = 0;
  for (const auto& [cut, job] : work) {
    if (job.state == jobs::State::dead) continue;
    ++open;
    parts_left += 1 - job.progress;
    if (job.state != jobs::State::running || job.progress < enough_to_tell) continue;
    ms_a_part += static_cast<double>((now - job.claimed_at).count()) / job.progress;
    ++running;
  }
  if (open == 0) return "";
  std::string text = " " + std::to_string(open) + (open == 1 ? " is" : " are") + " being worked on";
  if (running > 0) {
    const auto left = milliseconds(std::llround(ms_a_part / running * parts_left / running));
    text += ", all done by about " + clock_text(zone.to_wall(now + left));
  }
  return text + ".";
}

}  // namespace confer::cutting
