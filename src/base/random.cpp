// Randomness and hashes by libsodium; SHA-1, which only version 5 UUIDs still need, by OpenSSL.
#include "base/random.h"
#include <openssl/evp.h>
#include <sodium.h>
#include <array>
#include <cstdint>
#include "base/result.h"

namespace confer {
namespace {

/// libsodium must be initialised once before use; doing it here keeps callers from having to know.
void need_sodium() {
  static const int status = sodium_init();
  ASSERT(status >= 0);
}

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

std::string hex(std::string_view data) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string out;
  out.reserve(data.size() * 2);
  for (char c : data) {
    const auto byte = static_cast<unsigned char>(c);
    out += digits[byte >> 4U];
    out += digits[byte & 15U];
  }
  return out;
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// Sixteen bytes as a UUID of that version, RFC 9562 variant.
std::string uuid_text(std::string bytes, unsigned version) {
  bytes[6] = static_cast<char>((static_cast<unsigned char>(bytes[6]) & 0x0fU) | (version << 4U));
  bytes[8] = static_cast<char>((static_cast<unsigned char>(bytes[8]) & 0x3fU) | 0x80U);
  std::string out = hex(bytes);
  for (std::size_t at : {8U, 13U, 18U, 23U}) out.insert(at, 1, '-');
  return out;
}

}  // namespace

std::string random_bytes(std::size_t count) {
  need_sodium();
  std::string out(count, '\0');
  randombytes_buf(out.data(), count);
  return out;
}

std::string random_token() { return base64url(random_bytes(32)); }

constexpr std::string_view code_alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ3789";

std::string random_code() {
  need_sodium();
  std::string out(6, ' ');
  for (char& c : out) c = code_alphabet[randombytes_uniform(static_cast<std::uint32_t>(code_alphabet.size()))];
  return out;
}

std::string code_of(std::string_view seed) {
  std::uint64_t number = 0;
  const std::string hex = sha256_hex(seed);
  for (std::size_t i = 0; i < 16; ++i) number = number * 16 + static_cast<std::uint64_t>(hex[i] <= '9' ? hex[i] - '0' : hex[i] - 'a' + 10);
  std::string out(6, ' ');
  for (char& c : out) {
    c = code_alphabet[number % code_alphabet.size()];
    number /= code_alphabet.size();
  }
  return out;
}

std::string random_uuid() { return uuid_text(random_bytes(16), 4); }

std::string name_uuid(std::string_view name_space, std::string_view name) {
  ASSERT(is_uuid(name_space));
  std::string input;
  input.reserve(16 + name.size());
  for (std::size_t i = 0; i < name_space.size();) {
    if (name_space[i] == '-') {
      ++i;
      continue;
    }
    input += static_cast<char>(hex_value(name_space[i]) * 16 + hex_value(name_space[i + 1]));
    i += 2;
  }
  input += name;
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  const int done = EVP_Digest(input.data(), input.size(), digest.data(), &length, EVP_sha1(), nullptr);
  ASSERT(done == 1 && length == 20);
  return uuid_text(std::string(digest.begin(), digest.begin() + 16), 5);
}

bool is_uuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;
    if (hyphen ? text[i] != '-' : hex_value(text[i]) < 0) return false;
  }
  return true;
}

std::string sha256_hex(std::string_view data) {
  std::string digest(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256(bytes_of(digest), bytes_of(data), data.size());
  return hex(digest);
}

std::string content_hash(std::string_view data) {
  need_sodium();
  std::string digest(crypto_generichash_BYTES_MAX, '\0');
  crypto_generichash(bytes_of(digest), digest.size(), bytes_of(data), data.size(), nullptr, 0);
  return base64url(std::string_view(digest).substr(0, 16));
}

std::string keyed_hash(std::string_view data, std::string_view key) {
  ASSERT(!key.empty());
  need_sodium();
  std::string long_key;
  if (key.size() > crypto_generichash_KEYBYTES_MAX) {
    long_key.resize(crypto_generichash_KEYBYTES_MAX);
    crypto_generichash(bytes_of(long_key), long_key.size(), bytes_of(key), key.size(), nullptr, 0);
    key = long_key;
  }
  std::string digest(32, '\0');
  const int status = crypto_generichash(bytes_of(digest), digest.size(), bytes_of(data), data.size(), bytes_of(key), key.size());
  ASSERT(status == 0);
  return base64url(digest);
}

bool equal_secret(std::string_view a, std::string_view b) { return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0; }

std::string base64url(std::string_view data) {
  std::string out(sodium_base64_encoded_len(data.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING), '\0');
  sodium_bin2base64(out.data(), out.size(), bytes_of(data), data.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  out.pop_back();  // sodium counts and writes a closing zero
  return out;
}

}  // namespace confer
