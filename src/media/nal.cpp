// Splits NAL streams.
#include "media/nal.h"
#include <sodium.h>
#include <algorithm>
#include <array>

namespace confer::media {

namespace {

/// An unsigned Exp-Golomb number at a bit (ISO/IEC 14496-10 § 9.1); the position moves behind it. 256 when the bytes end.
unsigned exp_golomb(std::span<const std::uint8_t> bytes, std::size_t& bit) {
  const auto next = [&]() -> unsigned {
    if (bit / 8 >= bytes.size()) return 2;
    const unsigned value = (static_cast<unsigned>(bytes[bit / 8]) >> (7 - bit % 8)) & 1U;
    ++bit;
    return value;
  };
  unsigned zeros = 0, one = next();
  for (; one == 0 && zeros < 16; one = next()) ++zeros;
  if (one != 1) return 256;
  unsigned value = 1;
  for (unsigned i = 0; i < zeros; ++i) {
    const unsigned read = next();
    if (read > 1) return 256;
    value = value * 2 + read;
  }
  return value - 1;
}

}  // namespace

bool Nal::is_picture(NalCodec codec) const { return codec == NalCodec::h264 ? type >= 1 && type <= 5 : type < 32; }
bool Nal::is_start(NalCodec codec) const { return codec == NalCodec::h264 ? type == 5 : type >= 16 && type <= 20; }
bool Nal::is_parameters(NalCodec codec) const { return codec == NalCodec::h264 ? type == 7 || type == 8 : type >= 32 && type <= 34; }

std::vector<Nal> split_nals(std::span<const std::uint8_t> bytes, NalCodec codec) {
  std::vector<Nal> out;
  const std::uint8_t* const data = bytes.data();
  const std::size_t size = bytes.size();
  std::size_t begin = size;
  const auto add = [&](std::size_t end) {
    while (end > begin && data[end - 1] == 0) --end;
    if (end <= begin) return;
    const int type = codec == NalCodec::h264 ? data[begin] & 0x1F : (data[begin] >> 1) & 0x3F;
    out.push_back({type, bytes.subspan(begin, end - begin)});
  };
  for (std::size_t i = 0; i + 2 < size;) {
    if (data[i + 2] > 1) {
      i += 3;
    } else if (data[i] == 0 && data[i + 1] == 0 && data[i + 2] == 1) {
      if (begin < size) add(i);
      begin = i + 3;
      i += 3;
    } else {
      ++i;
    }
  }
  if (begin < size) add(size);
  return out;
}

std::vector<std::uint8_t> parameter_sets(std::span<const std::uint8_t> bytes, NalCodec codec) {
  std::vector<std::uint8_t> out;
  std::vector<std::span<const std::uint8_t>> seen;
  for (const auto& nal : split_nals(bytes, codec)) {
    if (!nal.is_parameters(codec) || std::ranges::any_of(seen, [&](const auto& one) { return std::ranges::equal(one, nal.bytes); })) continue;
    seen.push_back(nal.bytes);
    for (const std::uint8_t code : {0, 0, 0, 1}) out.push_back(code);
    out.insert(out.end(), nal.bytes.begin(), nal.bytes.end());
  }
  return out;
}

std::optional<unsigned> parameter_set_id(const Nal& nal) {
  if (nal.type != 7 && nal.type != 8) return std::nullopt;
  // A sequence's id stands behind profile, constraints and level; a picture's at once.
  std::size_t bit = nal.type == 7 ? 32 : 8;
  return exp_golomb(nal.bytes, bit);
}

std::vector<unsigned> parameter_set_ids(std::span<const std::uint8_t> bytes) {
  std::vector<unsigned> out;
  for (const auto& nal : split_nals(bytes, NalCodec::h264))
    if (const auto id = parameter_set_id(nal)) out.push_back(*id);
  return out;
}

std::vector<std::uint8_t> hevc_configuration(std::span<const std::uint8_t> sets, int chroma_format, int bit_depth) {
  constexpr int sequence_set = 33;
  for (const auto& nal : split_nals(sets, NalCodec::hevc)) {
    if (nal.type != sequence_set) continue;
    // Without the bytes that keep start codes out of the data.
    std::vector<std::uint8_t> plain;
    for (const std::uint8_t byte : nal.bytes) {
      const std::size_t n = plain.size();
      if (byte == 3 && n >= 2 && plain[n - 1] == 0 && plain[n - 2] == 0) continue;
      plain.push_back(byte);
    }
    if (plain.size() < 15) continue;
    std::vector<std::uint8_t> out{1};
    out.insert(out.end(), plain.begin() + 3, plain.begin() + 15);  // profile, compatibility, constraints, level
    const auto depth = static_cast<std::uint8_t>(0xF8 | (bit_depth - 8));
    for (const std::uint8_t byte : {std::uint8_t{0xF0}, std::uint8_t{0}, std::uint8_t{0xFC}, static_cast<std::uint8_t>(0xFC | chroma_format), depth, depth,
                                    std::uint8_t{0}, std::uint8_t{0}, static_cast<std::uint8_t>(0x0B | ((plain[2] & 1) << 2)), std::uint8_t{0}})
      out.push_back(byte);
    return out;
  }
  return {};
}

std::vector<std::uint8_t> with_lengths(std::span<const std::uint8_t> bytes, NalCodec codec) {
  std::vector<std::uint8_t> out;
  out.reserve(bytes.size() + 16);
  for (const auto& nal : split_nals(bytes, codec)) {
    for (const unsigned shift : {24U, 16U, 8U, 0U}) out.push_back(static_cast<std::uint8_t>(nal.bytes.size() >> shift));
    out.insert(out.end(), nal.bytes.begin(), nal.bytes.end());
  }
  return out;
}

std::string picture_hash(std::span<const std::uint8_t> bytes, const NalCodec* codec) {
  crypto_generichash_state state;
  crypto_generichash_init(&state, nullptr, 0, 16);
  if (codec == nullptr) {
    crypto_generichash_update(&state, bytes.data(), bytes.size());
  } else {
    for (const auto& nal : split_nals(bytes, *codec))
      if (nal.is_picture(*codec)) crypto_generichash_update(&state, nal.bytes.data(), nal.bytes.size());
  }
  std::string out(16, '\0');
  std::array<unsigned char, 16> hash{};
  crypto_generichash_final(&state, hash.data(), hash.size());
  std::ranges::copy(hash, out.begin());
  return out;
}

}  // namespace confer::media
