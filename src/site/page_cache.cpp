// Pages kept while they are true (page_cache.h).
#include "site/page_cache.h"

namespace confer::site {
namespace {

/// All forms of a page, and roughly what the lists around it take.
std::size_t bytes_of(const std::string& key, const std::string& stamp, const http::Ready& page) {
  constexpr std::size_t around = 512;
  return around + key.size() + stamp.size() + page.identity.size() + page.gzip.size() + page.brotli.size() + page.head_identity.size() + page.head_gzip.size() +
         page.head_brotli.size();
}

}  // namespace

std::shared_ptr<const http::Ready> PageCache::find(std::string_view key, std::string_view stamp) {
  const std::scoped_lock lock(mutex_);
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return nullptr;
  const auto kept = found->second;
  if (kept->stamp != stamp) {
    drop(kept);
    return nullptr;
  }
  kept_.splice(kept_.begin(), kept_, kept);
  return kept->page;
}

void PageCache::put(std::string key, std::string stamp, std::shared_ptr<const http::Ready> page) {
  constexpr std::size_t share = 8;
  const std::size_t bytes = bytes_of(key, stamp, *page);
  const std::scoped_lock lock(mutex_);
  if (const auto found = by_key_.find(key); found != by_key_.end()) drop(found->second);
  if (bytes > max_bytes_ / share) return;
  while (bytes_ + bytes > max_bytes_) drop(std::prev(kept_.end()));
  kept_.push_front({std::move(key), std::move(stamp), std::move(page), bytes});
  by_key_.emplace(kept_.front().key, kept_.begin());
  bytes_ += bytes;
}

PageCache::Numbers PageCache::numbers() const {
  const std::scoped_lock lock(mutex_);
  return {kept_.size(), bytes_};
}

void PageCache::drop(std::list<Kept>::iterator kept) {
  bytes_ -= kept->bytes;
  by_key_.erase(kept->key);
  kept_.erase(kept);
}

}  // namespace confer::site
