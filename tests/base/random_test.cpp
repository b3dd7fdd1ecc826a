// Tests of base/random.h; expected hashes are those of sha256sum, b2sum, Python's hashlib and the RFCs' own examples.
#include "base/random.h"
#include <gtest/gtest.h>
#include <algorithm>
#include <set>

namespace confer {
namespace {

TEST(random_values, have_their_form_and_differ) {
  EXPECT_EQ(random_bytes(7).size(), 7U);
  EXPECT_EQ(random_bytes(0), "");
  std::set<std::string> seen;
  std::set<char> characters;
  for (int i = 0; i < 200; ++i) {
    EXPECT_TRUE(seen.insert(random_token()).second);
    EXPECT_TRUE(seen.insert(random_uuid()).second);
    for (char c : random_code()) characters.insert(c);
  }
  EXPECT_EQ(random_token().size(), 43U);
  EXPECT_EQ(random_code().size(), 6U);
  EXPECT_EQ(std::string(characters.begin(), characters.end()), "3789ABCDEFGHJKLMNPQRSTUVWXYZ");
  const std::string uuid = random_uuid();
  EXPECT_TRUE(is_uuid(uuid));
  EXPECT_EQ(uuid[14], '4');
  EXPECT_TRUE(std::string_view("89ab").contains(uuid[19]));
  EXPECT_EQ(std::ranges::count_if(uuid, [](char c) { return c >= 'A' && c <= 'F'; }), 0);
}

TEST(name_uuid, is_version_5) {
  EXPECT_EQ(name_uuid("6ba7b810-9dad-11d1-80b4-00c04fd430c8", "www.example.com"), "2ed6657d-e927-568b-95e1-2665a8aea6a2");  // RFC 9562 A.4
  EXPECT_EQ(name_uuid("6BA7B810-9DAD-11D1-80B4-00C04FD430C8", "www.example.com"), "2ed6657d-e927-568b-95e1-2665a8aea6a2");
}

TEST(is_uuid, looks_at_the_form) {
  EXPECT_TRUE(is_uuid("2ED6657d-e927-568b-95e1-2665a8aea6a2"));
  for (const char* bad : {"", "2ed6657de927568b95e12665a8aea6a2", "2ed6657d-e927-568b-95e1-2665a8aea6a", "2ed6657d-e927-568b-95e1-2665a8aea6a22",
                          "2ed6657d-e927-568b-95e1-2665a8aea6ag", "2ed6657d_e927-568b-95e1-2665a8aea6a2", "{2ed6657d-e927-568b-95e1-2665a8aea6}"})
    EXPECT_FALSE(is_uuid(bad)) << bad;
}

TEST(hashes, are_the_known_ones) {
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(content_hash("abc"), "uoClP5gcTQ1qJ5e2nxL26Q");  // BLAKE2b of RFC 7693 A begins BA80A53F981C4D0D6A2797B69F12F6E9
  EXPECT_EQ(keyed_hash("abc", "key"), "AzBTHQlzVaP3LoDVXBJFzPefFwRDHG44h5ODIEQsI8A");
  EXPECT_NE(keyed_hash("abc", "key"), keyed_hash("abc", "kez"));
  EXPECT_NE(keyed_hash("abc", "key"), keyed_hash("abd", "key"));
  EXPECT_NE(keyed_hash("abc", std::string(100, 'k')), keyed_hash("abc", std::string(100, 'k') + "x"));
}

TEST(equal_secret, compares) {
  EXPECT_TRUE(equal_secret("token", "token"));
  EXPECT_TRUE(equal_secret("", ""));
  EXPECT_FALSE(equal_secret("token", "tokem"));
  EXPECT_FALSE(equal_secret("token", "toke"));
}

TEST(base64url, has_no_padding) {
  EXPECT_EQ(base64url(""), "");
  EXPECT_EQ(base64url("f"), "Zg");
  EXPECT_EQ(base64url("foobar"), "Zm9vYmFy");
  EXPECT_EQ(base64url("\xfb\xff\xfe"), "-__-");
}

}  // namespace
}  // namespace confer
