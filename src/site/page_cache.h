// Pages made on demand, kept while they are true: bounded memory, the longest unused leave first.
#pragma once
#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include "http/message.h"

namespace confer::site {

/// Thread-safe. `stamp` names the state that a page was made from: another one, and the page counts as not there.
class PageCache {
 public:
  explicit PageCache(std::size_t max_bytes) : max_bytes_(max_bytes) {}
  /// Null when there is none, or none of this stamp.
  std::shared_ptr<const http::Ready> find(std::string_view key, std::string_view stamp);
  /// A page larger than an eighth of the whole is not kept.
  void put(std::string key, std::string stamp, std::shared_ptr<const http::Ready> page);
  struct Numbers {
    std::size_t pages = 0, bytes = 0;
  };
  Numbers numbers() const;

 private:
  struct Kept {
    std::string key, stamp;
    std::shared_ptr<const http::Ready> page;
    std::size_t bytes = 0;
  };
  void drop(std::list<Kept>::iterator kept);

  const std::size_t max_bytes_;
  mutable std::mutex mutex_;
  std::list<Kept> kept_;                                                    ///< the one asked for last is first
  std::unordered_map<std::string_view, std::list<Kept>::iterator> by_key_;  ///< keys live in `kept_`
  std::size_t bytes_ = 0;                                                   ///< of all in `kept_`
};

}  // namespace confer::site
