// The register of assets.
#include "html/assets.h"

#include <gtest/gtest.h>

#include <array>

namespace confer::html {
namespace {

class Assets : public ::testing::Test {
 protected:
  void TearDown() override { ASSERT_TRUE(use_assets({}).has_value()); }
};

TEST_F(Assets, file_when_in_the_manifest_then_found_by_name_and_path) {
  const std::array files{embedded::File{"manifest.json", R"({"site.css":"site-1f2e3d4c.css","stars.js":"stars-aabbccdd.js"})"},
                         embedded::File{"site-1f2e3d4c.css", "p{}"}, embedded::File{"stars-aabbccdd.js", "1"}};
  ASSERT_TRUE(use_assets(files).has_value());
  EXPECT_EQ(asset_url("site.css"), "/assets/site-1f2e3d4c.css");
  const auto* asset = find_asset("/assets/site-1f2e3d4c.css");
  ASSERT_NE(asset, nullptr);
  EXPECT_EQ(asset->name, "site.css");
  EXPECT_EQ(asset->hash, "1f2e3d4c");
  EXPECT_EQ(asset->type, "text/css; charset=utf-8");
  EXPECT_EQ(asset->bytes, "p{}");
  EXPECT_EQ(find_asset_by_name("stars.js")->type, "text/javascript; charset=utf-8");
  EXPECT_EQ(find_asset("/assets/manifest.json"), nullptr);
  EXPECT_EQ(find_asset("/assets/site.css"), nullptr);
  EXPECT_EQ(list_assets().size(), 2U);
}

TEST_F(Assets, set_when_broken_then_refused) {
  const std::array no_manifest{embedded::File{"site.css", ""}};
  EXPECT_EQ(use_assets(no_manifest).error().message, "The web assets have no manifest.json: build them with web/build.mjs.");
  const std::array no_file{embedded::File{"manifest.json", R"({"a.css":"a-1.css"})"}};
  EXPECT_EQ(use_assets(no_file).error().message, "The web assets' manifest.json names \"a-1.css\" for a.css, which is not there.");
  const std::array no_json{embedded::File{"manifest.json", "["}};
  EXPECT_EQ(use_assets(no_json).error().message, "The web assets' manifest.json is not a JSON object.");
}

TEST_F(Assets, name_when_there_are_no_assets_then_without_hash) { EXPECT_EQ(asset_url("site.css"), "/assets/site.css"); }

}  // namespace
}  // namespace confer::html
