// Pages kept while they are true: by state, in bounded memory.
#include "site/page_cache.h"
#include <gtest/gtest.h>

namespace confer::site {
namespace {

std::shared_ptr<const http::Ready> page(std::size_t bytes) {
  auto ready = std::make_shared<http::Ready>();
  ready->identity = std::string(bytes, 'x');
  return ready;
}

TEST(PageCache, page_when_its_state_is_the_same_then_is_found_and_gone_with_another) {
  PageCache cache(1 << 20);
  const auto made = page(100);
  cache.put("/archive", "7", made);
  EXPECT_EQ(cache.find("/archive", "7"), made);
  EXPECT_EQ(cache.find("/de/archive", "7"), nullptr);
  EXPECT_EQ(cache.find("/archive", "8"), nullptr);
  EXPECT_EQ(cache.find("/archive", "7"), nullptr) << "what is outdated is not kept";
  EXPECT_EQ(cache.numbers().pages, 0u);
  EXPECT_EQ(cache.numbers().bytes, 0u);
}

TEST(PageCache, pages_when_they_are_more_than_fit_then_the_longest_unused_leave) {
  PageCache cache(80'000);
  for (int i = 0; i < 8; ++i) cache.put("/" + std::to_string(i), "1", page(9'000));
  EXPECT_NE(cache.find("/0", "1"), nullptr) << "asked for: now the youngest";
  cache.put("/8", "1", page(9'000));
  cache.put("/9", "1", page(9'000));
  EXPECT_LE(cache.numbers().bytes, 80'000u);
  EXPECT_EQ(cache.find("/1", "1"), nullptr);
  EXPECT_NE(cache.find("/0", "1"), nullptr);
  EXPECT_NE(cache.find("/9", "1"), nullptr);
}

TEST(PageCache, page_when_it_is_put_twice_then_counts_once_and_a_huge_one_is_not_kept) {
  PageCache cache(80'000);
  cache.put("/a", "1", page(5'000));
  const auto bytes = cache.numbers().bytes;
  cache.put("/a", "1", page(5'000));
  EXPECT_EQ(cache.numbers().pages, 1u);
  EXPECT_EQ(cache.numbers().bytes, bytes);
  cache.put("/huge", "1", page(20'000));
  EXPECT_EQ(cache.find("/huge", "1"), nullptr);
}

}  // namespace
}  // namespace confer::site
