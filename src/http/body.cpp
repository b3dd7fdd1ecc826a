// The framing of a request's body: by length or by chunks, decoded as the bytes come.
#include "http/body.h"
#include <algorithm>
#include "http/characters.h"

namespace confer::http {

namespace {
constexpr std::size_t longest_size_line = 256;
constexpr std::size_t most_trailer_bytes = 8 << 10;
}  // namespace

BodyDecoder::BodyDecoder(const RequestHead& head) : part_(head.chunked ? Part::size_line : head.content_length.value_or(0) > 0 ? Part::by_length : Part::end) {
  left_ = head.chunked ? 0 : head.content_length.value_or(0);
}

/// Takes a line's bytes off `in`; handles it when its CRLF has come.
BodyState BodyDecoder::decode_line(std::string_view& in) {
  const std::size_t newline = in.find('\n');
  const std::string_view piece = in.substr(0, newline == std::string_view::npos ? in.size() : newline + 1);
  line_ += piece;
  in.remove_prefix(piece.size());
  if (part_ == Part::trailer) trailer_bytes_ += piece.size();
  if ((part_ != Part::trailer && line_.size() > longest_size_line) || trailer_bytes_ > most_trailer_bytes) return BodyState::broken;
  if (newline == std::string_view::npos) return BodyState::more;
  if (!line_.ends_with("\r\n")) return BodyState::broken;
  line_.resize(line_.size() - 2);
  if (!is_header_value(line_)) return BodyState::broken;
  if (part_ == Part::trailer) {
    part_ = line_.empty() ? Part::end : Part::trailer;
  } else if (part_ == Part::data_end) {
    if (!line_.empty()) return BodyState::broken;
    part_ = Part::size_line;
  } else {
    std::size_t digits = 0;
    left_ = 0;
    for (; digits < line_.size() && hex_value(line_[digits]) >= 0; ++digits) left_ = left_ * 16 + static_cast<unsigned>(hex_value(line_[digits]));
    if (digits == 0 || digits > 15 || (digits < line_.size() && line_[digits] != ';')) return BodyState::broken;
    part_ = left_ == 0 ? Part::trailer : Part::data;
  }
  line_.clear();
  return BodyState::more;
}

BodyState BodyDecoder::decode(std::string_view& in, std::string& out, std::size_t room) {
  while (part_ != Part::end) {
    if (part_ == Part::broken) return BodyState::broken;
    if (in.empty()) return BodyState::more;
    if (part_ == Part::by_length || part_ == Part::data) {
      const std::size_t count = static_cast<std::size_t>(std::min<std::uint64_t>({left_, in.size(), room}));
      if (count == 0) return BodyState::more;
      out.append(in.substr(0, count));
      in.remove_prefix(count);
      room -= count;
      left_ -= count;
      if (left_ == 0) part_ = part_ == Part::by_length ? Part::end : Part::data_end;
      continue;
    }
    if (decode_line(in) == BodyState::broken) {
      part_ = Part::broken;
      return BodyState::broken;
    }
  }
  return BodyState::done;
}

}  // namespace confer::http
