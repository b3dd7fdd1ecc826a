// The framing of a request's body: by length or by chunks, decoded as the bytes come.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include "http/head.h"

namespace confer::http {

enum class BodyState : unsigned char { more, done, broken };

/// RFC 9112 § 6 and 7.1, strictly: a chunk's size is hexadecimal digits at once followed by CRLF or an extension, each line ends with CRLF, trailers are
/// dropped.
class BodyDecoder {
 public:
  explicit BodyDecoder(const RequestHead& head);
  /// Takes what it can off `in` and appends the body's bytes to `out`, at most `room` of them.
  BodyState decode(std::string_view& in, std::string& out, std::size_t room);
  bool done() const { return part_ == Part::end; }

 private:
  enum class Part : unsigned char { by_length, size_line, data, data_end, trailer, end, broken };
  BodyState decode_line(std::string_view& in);
  Part part_;
  std::uint64_t left_ = 0;
  std::string line_;  ///< of a size or trailer line, what has come
  std::size_t trailer_bytes_ = 0;
};

}  // namespace confer::http
