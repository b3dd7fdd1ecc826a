// The units of H.264 and HEVC streams: which are pictures, which are parameter sets.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace confer::media {

enum class NalCodec : unsigned char { h264, hevc };

struct Nal {
  int type = 0;
  std::span<const std::uint8_t> bytes;  ///< with its header, without start code and trailing zeros
  bool is_picture(NalCodec codec) const;
  bool is_start(NalCodec codec) const;       ///< a slice of an IDR picture: what follows refers to nothing before it
  bool is_parameters(NalCodec codec) const;  ///< VPS, SPS or PPS
};

/// Splits bytes with start codes (ISO/IEC 14496-10 annex B).
std::vector<Nal> split_nals(std::span<const std::uint8_t> bytes, NalCodec codec);

/// The parameter sets in it, each behind a start code; each once.
std::vector<std::uint8_t> parameter_sets(std::span<const std::uint8_t> bytes, NalCodec codec);
/// The ids of H.264's sequence and picture parameter sets in it (0 to 255).
std::vector<unsigned> parameter_set_ids(std::span<const std::uint8_t> bytes);
/// The id of one unit; none when it is no parameter set.
std::optional<unsigned> parameter_set_id(const Nal& nal);

/// What a container says of an HEVC stream whose parameter sets stand before its pictures (ISO/IEC 14496-15 § 8.3.2), from one of its sequence parameter sets.
/// Empty when there is none.
std::vector<std::uint8_t> hevc_configuration(std::span<const std::uint8_t> sets, int chroma_format, int bit_depth);
/// The units behind lengths of four bytes instead of start codes.
std::vector<std::uint8_t> with_lengths(std::span<const std::uint8_t> bytes, NalCodec codec);

/// BLAKE2b of the slices alone: the same picture in two containers has the same. Other codecs: of all bytes.
std::string picture_hash(std::span<const std::uint8_t> bytes, const NalCodec* codec);

}  // namespace confer::media
