// Randomness, hashes and identifiers made from them (libsodium).
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace confer {

/// Cryptographically random bytes.
std::string random_bytes(std::size_t count);
/// A secret of 256 random bits as 43 characters of base64url.
std::string random_token();
/// Six characters of "ABCDEFGHJKLMNPQRSTUVWXYZ3789": no look-alikes, valid as schedule.xml's `[0-9A-Z]{6}`. The caller checks for a clash.
std::string random_code();
/// A code of the same form made of `seed`: the same seed gives the same code for ever.
std::string code_of(std::string_view seed);
/// A version 4 UUID, lower case with hyphens.
std::string random_uuid();
/// The version 5 UUID (SHA-1, RFC 9562) of `name` within `name_space` (a UUID); the same input gives the same UUID for ever.
std::string name_uuid(std::string_view name_space, std::string_view name);
/// True for 8-4-4-4-12 hexadecimal digits, any case, any version.
bool is_uuid(std::string_view text);

/// SHA-256 as 64 lower-case hexadecimal digits.
std::string sha256_hex(std::string_view data);
/// A short key for caches and ETags: the first 128 bits of BLAKE2b, 22 characters of base64url. Not for secrets.
std::string content_hash(std::string_view data);
/// Keyed BLAKE2b-256 as base64url: tokens that carry their own proof. The key must not be empty.
std::string keyed_hash(std::string_view data, std::string_view key);
/// Compares in constant time.
bool equal_secret(std::string_view a, std::string_view b);

std::string base64url(std::string_view data);

}  // namespace confer
