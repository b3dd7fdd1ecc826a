// Network addresses: who is asking, through which proxy, from which network.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>
#include "base/result.h"

namespace confer::http {

/// An IP address; IPv4 is kept as IPv6-mapped (::ffff:a.b.c.d), so that one comparison serves both.
struct Address {
  std::array<unsigned char, 16> bytes{};
  bool operator==(const Address&) const = default;
  bool is_v4() const;
};
/// "192.0.2.1", "2001:db8::1", also in brackets or with a port ("192.0.2.1:80", "[::1]:80"), as proxies write it. Errors: invalid.
Result<Address> parse_address(std::string_view text);
std::string to_text(const Address& address);

struct Network {
  Address base;
  int bits = 128;  ///< of the IPv6 form
  bool contains(const Address& address) const;
};
/// "192.0.2.0/24", "2001:db8::/32" or one address. Errors: invalid – with the text.
Result<Network> parse_network(std::string_view text);
Result<std::vector<Network>> parse_networks(const std::vector<std::string>& texts);
bool is_in(const std::vector<Network>& networks, const Address& address);

/// Loopback, private, link-local, shared (RFC 6598), documentation, multicast, reserved, and IPv6 forms that carry such an IPv4 address:
/// what a fetch of a configured address must not reach unless allowed.
bool is_internal(const Address& address);

/// What limits per address count by: the address, or its /64 for IPv6, which one household or phone has to itself.
std::uint64_t limit_key(const Address& address);

/// The client behind `peer`: the last address in X-Forwarded-For that is not a trusted proxy. `peer` when it is not trusted itself.
/// Malformed entries end the walk: what stands left of them is not believed.
Address client_address(const Address& peer, std::string_view forwarded_for, const std::vector<Network>& trusted);

}  // namespace confer::http
