// Looking at addresses, politely (links.h).
#include <algorithm>
#include <chrono>
#include <set>
#include <thread>
#include "base/log.h"
#include "base/text.h"
#include "http/outbound.h"
#include "people/who.h"
#include "recordings/links.h"
#include "recordings/store.h"

namespace confer::recordings {
namespace {

using Steady = std::chrono::steady_clock;

constexpr int at_once = 200;                      // videos that are read together
constexpr std::size_t stored_at_once = 20;        // results in one transaction: what a crash makes us look at again
constexpr std::chrono::seconds stored_after{15};  // or after this time
constexpr int most_silences = 3;                  // of one host in one run
constexpr std::size_t enough_bytes = 4096;

Memory memory_of(const Video& v) {
  return {.health = v.health,
          .failures = v.failures,
          .checked_at = v.checked_at,
          .failing_since = v.failing_since,
          .counted_at = v.counted_at,
          .seen_at = v.seen_at,
          .note = v.check_note,
          .moved_to = v.moved_to};
}

struct Host {
  Steady::time_point next{};  ///< not asked before
  int silences = 0;
  bool left_alone = false;
  std::string why;
};

class Check {
 public:
  Check(db::Database& db, const LinkCheck& check, const LinkCheckSettings& settings, const Progress& progress, const std::function<bool()>& stop)
      : db_(db), check_(check), settings_(settings), progress_(progress), stop_(stop) {}

  Result<LinkCheckSums> run() {
    if (check_.limit > 0) {
      // Of a check that was interrupted.
      TRY_ASSIGN(auto tx, db_.begin_read());
      TRY_ASSIGN(const auto done, store::count_checked_since(tx, check_.since));
      check_.limit -= static_cast<int>(std::min<std::int64_t>(done, check_.limit));
      if (check_.limit == 0) return sums_;
    }
    for (;;) {
      TRY_ASSIGN(auto videos, next_videos());
      if (videos.empty() || stop_()) break;
      TRY(look_at(std::move(videos)));
      TRY(store_results());  // else they would be listed again
      if (stop_() || check_.video) break;
    }
    TRY(store_results());
    return sums_;
  }

 private:
  Result<std::vector<Video>> next_videos() {
    TRY_ASSIGN(auto tx, db_.begin_read());
    if (check_.video) {
      TRY_ASSIGN(const auto found, store::find_video(tx, check_.video));
      if (!found) return std::vector<Video>{};
      TRY_ASSIGN(auto all, store::videos_of(tx, std::span(&found->talk, 1)));
      std::erase_if(all, [&](const Video& v) { return v.id != check_.video; });
      left_ = all.size();
      return all;
    }
    int wanted = at_once;
    if (check_.limit > 0) wanted = std::min(wanted, check_.limit - sums_.looked_at);
    if (wanted <= 0) return std::vector<Video>{};
    if (left_ == 0) {
      // For the progress: how many there are in all, once.
      TRY_ASSIGN(const auto counts, store::count_by_health(tx));
      for (const auto& [health, count] : counts) left_ += static_cast<std::size_t>(count);
      if (check_.limit > 0) left_ = std::min(left_, static_cast<std::size_t>(check_.limit));
    }
    return store::list_to_check(tx, check_.since, check_.event, wanted);
  }

  /// The host whose turn comes first is asked next: one that many videos lie at keeps no other waiting.
  Result<void> look_at(std::vector<Video> videos) {
    while (!videos.empty()) {
      auto next = videos.end();
      for (auto at = videos.begin(); at != videos.end(); ++at)
        if (next == videos.end() || turn_of(*at) < turn_of(*next)) next = at;
      if (!wait_until(turn_of(*next))) return {};
      TRY(look_at_one(*next));
      videos.erase(next);
    }
    return {};
  }

  static std::string asked_host(const Video& video) {
    if (video.place == Place::youtube) return "youtube.com";
    if (video.place == Place::vimeo) return "vimeo.com";
    return host_of(video.url);
  }
  Steady::time_point turn_of(const Video& video) {
    const Host& host = hosts_[asked_host(video)];
    return host.left_alone ? Steady::time_point{} : host.next;
  }
  /// Nothing happens meanwhile: the pause is what we owe to the host. In steps, so that a stop is heeded.
  bool wait_until(Steady::time_point turn) {
    constexpr std::chrono::milliseconds step{50};
    while (Steady::now() < turn) {
      if (stop_()) return false;
      std::this_thread::sleep_for(std::min<Steady::duration>(step, turn - Steady::now()));
    }
    return !stop_();
  }

  HostAnswer ask(Host& host, std::string url, std::string_view method) {
    http::OutboundRequest request;
    request.url = std::move(url);
    request.method = method;
    if (method == "GET") request.headers.emplace_back("Range", "bytes=0-0");
    request.internal = settings_.private_networks ? http::InternalAddresses::allow : http::InternalAddresses::refuse;
    request.max_bytes = enough_bytes;
    request.cut_body = true;
    request.timeout = settings_.timeout;
    request.user_agent = settings_.user_agent;
    const auto answer = http::fetch(request);
    host.next = Steady::now() + settings_.pause;
    HostAnswer out;
    if (!answer) {
      out.problem = answer.error().message;
      out.refused_here = answer.error().code == ErrorCode::forbidden;
      return out;
    }
    out.status = answer->status;
    out.final_url = answer->final_url;
    out.moved_for_good = answer->moved_for_good;
    return out;
  }

  Look look(Host& host, const Video& video) {
    if (video.place == Place::youtube && !video.external_id.empty())
      return look_of_oembed(
          Oembed::youtube, ask(host, settings_.youtube + "?format=json&url=" + percent_encoded("https://www.youtube.com/watch?v=" + video.external_id), "GET"));
    if (video.place == Place::vimeo && !video.external_id.empty())
      return look_of_oembed(Oembed::vimeo, ask(host, settings_.vimeo + "?url=" + percent_encoded("https://vimeo.com/" + video.external_id), "GET"));
    HostAnswer answer = ask(host, video.url, "HEAD");
    if (ask_again_with_get(answer) && wait_until(host.next)) answer = ask(host, video.url, "GET");
    return look_of(video.url, answer);
  }

  Result<void> look_at_one(const Video& video) {
    Host& host = hosts_[asked_host(video)];
    Look found;
    if (host.left_alone) {
      found = {.found = Look::Found::unclear, .note = host.why, .moved_to = {}};
    } else {
      found = look(host, video);
      has_answer_ = has_answer_ || !found.is_silence;
      if (found.leave_host_alone && !found.is_silence) {
        host.left_alone = true;
        host.why = found.note;
      } else if (found.leave_host_alone && ++host.silences >= most_silences) {
        host.left_alone = true;
        host.why = "the host did not answer " + std::to_string(most_silences) + " times, so it was left alone";
      } else if (!found.leave_host_alone) {
        host.silences = 0;
      }
    }
    results_.push_back({video, std::move(found)});
    ++sums_.looked_at;
    if (progress_) progress_("addresses", sums_.looked_at, check_.event ? 0 : static_cast<std::int64_t>(left_));
    if (results_.size() >= stored_at_once || Steady::now() - stored_at_ > stored_after) return store_results();
    return {};
  }

  Result<void> store_results() {
    stored_at_ = Steady::now();
    if (results_.empty()) return {};
    TRY_ASSIGN(auto tx, db_.begin_write());
    std::map<EventId, SeriesId> changed;
    LinkCheckSums sums = sums_;
    for (auto& [video, found] : results_) {
      // A server without a network would write everybody off.
      if (!has_answer_) found = with_silence_in_doubt(std::move(found));
      // Somebody may have put another address there meanwhile.
      TRY_ASSIGN(const auto now, store::find_video(tx, video.id));
      if (!now || now->url != video.url) continue;
      const Memory after = remembered(memory_of(video), found, tx.now());
      TRY(store::set_memory(tx, video.id, after, false));
      (found.found == Look::Found::there ? sums.there : found.found == Look::Found::missing ? sums.missing : sums.unclear) += 1;
      if ((after.health == Health::dead) == (video.health == Health::dead)) continue;
      if (after.health == Health::dead) ++sums.gone;
      // What visitors see changes with this alone.
      TRY(store::touch(tx, now->talk));
      changed[now->event] = now->series;
    }
    for (const auto& [event, series] : changed)
      TRY(journal::record(tx, who(system_actor("link check")), "recording.links_checked", series.value, event.value, "event:" + std::to_string(event.value)));
    TRY(tx.commit());
    sums_ = sums;
    results_.clear();
    return {};
  }

  db::Database& db_;
  LinkCheck check_;
  const LinkCheckSettings& settings_;
  const Progress& progress_;
  const std::function<bool()>& stop_;
  std::map<std::string, Host> hosts_;
  std::vector<std::pair<Video, Look>> results_;
  Steady::time_point stored_at_ = Steady::now();
  LinkCheckSums sums_;
  bool has_answer_ = false;  ///< some host has said something in this run
  std::size_t left_ = 0;
};

}  // namespace

Result<LinkCheckSums> check_links(db::Database& db, const LinkCheck& check, const LinkCheckSettings& settings, const Progress& progress,
                                  const std::function<bool()>& stop) {
  return Check(db, check, settings, progress, stop).run();
}

}  // namespace confer::recordings
