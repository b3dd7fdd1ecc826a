// The public pages follow the journal: drawn again when something they show changed, and open pages are told.
#pragma once
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>
#include "journal/journal.h"
#include "people/web.h"
#include "site/site.h"

namespace confer::app {

/// On a thread of its own: facts that come while pages are drawn are taken together afterwards, so that ten saves in a row cost one rendering or two.
class FollowingSite {
 public:
  FollowingSite(const Web& web, site::RenderedSite& site) : web_(web), site_(site) {}
  ~FollowingSite() { stop(); }
  /// Facts from here on are followed. Call it before `RenderedSite::load`, so that nothing is missed between the two.
  Result<void> begin();
  /// First gives the event hub what was told in the last hours: a client that was away over a restart gets what it missed.
  void start();
  /// There may be new facts.
  void look();
  void stop();
  /// Waits until all facts written before the call were followed: for tests.
  void catch_up();

 private:
  void run();
  void remember();
  Result<void> follow_new();

  const Web& web_;
  site::RenderedSite& site_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::uint64_t looks_ = 0, done_ = 0;  ///< how often was asked to look; how many of these are answered
  bool stopping_ = false;
  std::int64_t position_ = 0;  ///< of the last fact followed; touched by the thread alone once it runs
  std::thread thread_;
};

}  // namespace confer::app
