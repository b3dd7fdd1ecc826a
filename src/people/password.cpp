// Argon2id by libsodium (password.h).
#include "people/password.h"
#include <sodium.h>
#include <algorithm>
#include <array>
#include <semaphore>
#include <set>
#include "base/text.h"
#include "html/template.h"

namespace confer::people {
namespace {

constexpr unsigned long long passes = 2;
constexpr std::size_t memory_bytes = 19u << 20;

std::counting_semaphore<2>& places() {
  static std::counting_semaphore<2> semaphore(2);
  return semaphore;
}

struct Place {
  Place() { places().acquire(); }
  ~Place() { places().release(); }
};

bool is_well_known(std::string_view password) {
  const std::string folded = fold(password);
  if (std::set<char>(folded.begin(), folded.end()).size() <= 3) return true;  // aaaaaaaaaa, 1212121212
  static constexpr std::array<std::string_view, 6> runs{"abcdefghijklmnopqrstuvwxyz", "01234567890123456789",       "qwertyuiopasdfghjklzxcvbnm",
                                                        "qwertzuiopasdfghjklyxcvbnm", "azertyuiopqsdfghjklmwxcvbn", "98765432109876543210"};
  for (auto run : runs)
    if (run.find(folded) != std::string_view::npos) return true;
  static constexpr std::array<std::string_view, 14> words{"password", "passwort", "motdepasse", "contrasena", "iloveyou", "welcome",  "letmein",
                                                          "football", "sunshine", "princess",   "dragon",     "monkey",   "superman", "conference"};
  std::string letters;
  for (char c : folded)
    if (c >= 'a' && c <= 'z') letters += c;
  return std::ranges::find(words, letters) != words.end() || std::ranges::any_of(words, [&](auto w) { return letters == std::string(w) + std::string(w); });
}

}  // namespace

Result<std::string> hash_password(const Secret<std::string>& password) {
  Place place;
  std::array<char, crypto_pwhash_STRBYTES> out{};
  const std::string& text = password.reveal();
  if (sodium_init() < 0 || crypto_pwhash_str_alg(out.data(), text.data(), text.size(), passes, memory_bytes, crypto_pwhash_ALG_ARGON2ID13) != 0)
    return fail(ErrorCode::unavailable, "The password could not be stored just now. Please try again in a moment.", "crypto_pwhash_str_alg failed");
  return std::string(out.data());
}

bool verify_password(const Secret<std::string>& password, const std::string& hash) {
  static const std::string decoy = hash_password(Secret<std::string>("nobody has this password")).value_or("");
  const std::string& text = password.reveal();
  Place place;
  const bool right = crypto_pwhash_str_verify((hash.empty() ? decoy : hash).c_str(), text.data(), text.size()) == 0;
  return right && !hash.empty();
}

Result<void> check_password(const Secret<std::string>& password) {
  const std::string& text = password.reveal();
  std::size_t characters = 0;
  for (unsigned char c : text) characters += (c & 0xC0) != 0x80;
  auto refuse = [](std::string_view sentence) {
    std::string message(sentence);
    return std::unexpected(Error{ErrorCode::invalid, message, {}, {}, {{"password", message}}});
  };
  if (characters < 10) return refuse(html::translatable("The password needs at least 10 characters. A few words in a row are easy to remember."));
  if (text.size() > 1000) return refuse(html::translatable("The password is too long: 1,000 bytes at most."));
  if (is_well_known(text)) return refuse(html::translatable("This password is among the first that are tried. Please choose another one."));
  return {};
}

}  // namespace confer::people
