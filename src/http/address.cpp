// Network addresses: who is asking, through which proxy, from which network.
#include "http/address.h"
#include <arpa/inet.h>
#include <algorithm>
#include <charconv>
#include <cstring>
#include <utility>
#include "http/characters.h"

namespace confer::http {

namespace {

constexpr std::array<unsigned char, 12> v4_prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

Address of_v4(const unsigned char* four) {
  Address address;
  std::copy(v4_prefix.begin(), v4_prefix.end(), address.bytes.begin());
  std::copy(four, four + 4, address.bytes.begin() + 12);
  return address;
}

std::vector<Network> networks_of(std::initializer_list<const char*> texts) {
  std::vector<Network> networks;
  for (const char* text : texts) {
    Result<Network> network = parse_network(text);
    ASSERT(network.has_value());
    networks.push_back(*network);
  }
  return networks;
}

}  // namespace

bool Address::is_v4() const { return std::equal(v4_prefix.begin(), v4_prefix.end(), bytes.begin()); }

Result<Address> parse_address(std::string_view text) {
  std::string_view host = trim_blanks(text);
  if (host.starts_with('[')) {
    const std::size_t end = host.find(']');
    if (end == std::string_view::npos) return fail(ErrorCode::invalid, "“" + std::string(text) + "” is not a network address.");
    host = host.substr(1, end - 1);
  } else if (std::count(host.begin(), host.end(), ':') == 1) {
    host = host.substr(0, host.find(':'));
  }
  const std::string terminated(host);
  unsigned char four[4];
  if (inet_pton(AF_INET, terminated.c_str(), four) == 1) return of_v4(four);
  Address address;
  if (inet_pton(AF_INET6, terminated.c_str(), address.bytes.data()) == 1) return address;
  return fail(ErrorCode::invalid, "“" + std::string(text) + "” is not a network address.");
}

std::string to_text(const Address& address) {
  char text[INET6_ADDRSTRLEN] = {};
  if (address.is_v4())
    inet_ntop(AF_INET, address.bytes.data() + 12, text, sizeof text);
  else
    inet_ntop(AF_INET6, address.bytes.data(), text, sizeof text);
  return text;
}

bool Network::contains(const Address& address) const {
  const int whole = bits / 8, rest = bits % 8;
  if (!std::equal(base.bytes.begin(), base.bytes.begin() + whole, address.bytes.begin())) return false;
  if (rest == 0) return true;
  const unsigned mask = (0xff00U >> rest) & 0xffU;
  const auto at = static_cast<std::size_t>(whole);
  return (base.bytes[at] & mask) == (address.bytes[at] & mask);
}

Result<Network> parse_network(std::string_view text) {
  const std::size_t slash = text.find('/');
  TRY_ASSIGN(const Address base, parse_address(text.substr(0, slash)));
  Network network{base, 128};
  if (slash == std::string_view::npos) return network;
  const std::string_view digits = text.substr(slash + 1);
  const int most = base.is_v4() ? 32 : 128;
  int bits = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
  if (digits.empty() || error != std::errc{} || end != digits.data() + digits.size() || bits < 0 || bits > most)
    return fail(ErrorCode::invalid, "“" + std::string(text) + "” is not a network: write it like 192.0.2.0/24.");
  network.bits = bits + 128 - most;
  return network;
}

Result<std::vector<Network>> parse_networks(const std::vector<std::string>& texts) {
  std::vector<Network> networks;
  for (const std::string& text : texts) {
    TRY_ASSIGN(const Network network, parse_network(text));
    networks.push_back(network);
  }
  return networks;
}

bool is_in(const std::vector<Network>& networks, const Address& address) {
  return std::any_of(networks.begin(), networks.end(), [&](const Network& network) { return network.contains(address); });
}

bool is_internal(const Address& address) {
  // IANA's special-purpose registries (2025); 64:ff9b::/96 and 2002::/16 carry an IPv4 address inside, so they are refused as a whole.
  static const std::vector<Network> internal =
      networks_of({"0.0.0.0/8",    "10.0.0.0/8",     "100.64.0.0/10",  "127.0.0.0/8",    "169.254.0.0/16",  "172.16.0.0/12",  "192.0.0.0/24",
                   "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",  "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4",
                   "240.0.0.0/4",  "::/96",          "64:ff9b::/96",   "64:ff9b:1::/48", "100::/64",        "2001::/23",      "2001:db8::/32",
                   "2002::/16",    "3fff::/20",      "5f00::/16",      "fc00::/7",       "fe80::/10",       "fec0::/10",      "ff00::/8"});
  return is_in(internal, address);
}

std::uint64_t limit_key(const Address& address) {
  std::uint64_t high = 0, low = 0;
  std::memcpy(&high, address.bytes.data(), 8);
  std::memcpy(&low, address.bytes.data() + 8, 8);
  return address.is_v4() ? low ^ 0x9e3779b97f4a7c15ULL : high;
}

Address client_address(const Address& peer, std::string_view forwarded_for, const std::vector<Network>& trusted) {
  Address client = peer;
  while (is_in(trusted, client) && !forwarded_for.empty()) {
    const std::size_t comma = forwarded_for.rfind(',');
    const Result<Address> before = parse_address(forwarded_for.substr(comma == std::string_view::npos ? 0 : comma + 1));
    if (!before) break;
    client = *before;
    forwarded_for = comma == std::string_view::npos ? std::string_view{} : forwarded_for.substr(0, comma);
  }
  return client;
}

}  // namespace confer::http
