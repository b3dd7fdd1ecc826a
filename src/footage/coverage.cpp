// Laying files over slots (coverage.h).
#include "footage/coverage.h"
#include <algorithm>
#include <map>
#include <tuple>

namespace confer::footage {
namespace {

bool is_empty(const Span& span) { return span.to <= span.from; }
Span common(const Span& a, const Span& b) { return {std::max(a.from, b.from), std::min(a.to, b.to)}; }

/// Each file from where nothing before it plays any more. `files` in order.
void lay(const std::vector<Footage>& files, StreamCoverage& out) {
  const Footage* last = nullptr;  // what reaches furthest
  for (const auto& file : files) {
    Span free = file.span;
    if (last != nullptr && last->span.to > free.from) {
      out.overlaps.push_back({last->number, file.number, {free.from, std::min(last->span.to, free.to)}});
      free.from = last->span.to;
    }
    if (last == nullptr || file.span.to > last->span.to) last = &file;
    if (!is_empty(free)) out.plays.push_back({file.number, free, free.from - file.span.from});
  }
}

using ByNumber = std::map<std::int64_t, const Footage*>;

/// The pieces within a span, and the gaps between them that are longer than what is known of the starts. `plays` is in order.
void look(const Span& span, const std::vector<Piece>& plays, const ByNumber& files, std::vector<Piece>& pieces, std::vector<Span>& gaps) {
  Instant reached = span.from;
  milliseconds exactness{0};  // of the file that played last
  const auto gap = [&](Instant to, milliseconds exactness_of_next) {
    if (to - reached > std::max(exactness, exactness_of_next)) gaps.push_back({reached, to});
  };
  auto at = std::ranges::partition_point(plays, [&](const Piece& p) { return p.span.to <= span.from; });
  for (; at != plays.end() && at->span.from < span.to; ++at) {
    const Span within = common(at->span, span);
    const milliseconds of_file = files.at(at->file)->exactness;
    gap(within.from, of_file);
    pieces.push_back({at->file, within, at->from + (within.from - at->span.from)});
    reached = within.to;
    exactness = of_file;
  }
  gap(span.to, milliseconds(0));
}

Covered cover_slot(const Wanted& slot, const std::vector<Piece>& plays, const ByNumber& files, Instant now) {
  Covered out{.slot = slot.number, .state = CoverState::whole, .pieces = {}, .gaps = {}, .not_allowed = {}};
  look(slot.span, plays, files, out.pieces, out.gaps);
  if (!slot.may_be_recorded) {
    for (const auto& piece : out.pieces) out.not_allowed += piece.span.length();
    out.pieces.clear();
    out.gaps.clear();
    out.state = CoverState::not_allowed;
    return out;
  }
  if (out.pieces.empty()) {
    out.state = now < slot.span.from ? CoverState::not_begun : CoverState::nothing;
    if (out.state == CoverState::not_begun) out.gaps.clear();
    return out;
  }
  if (out.gaps.empty()) return out;
  const bool ends_open = out.gaps.back().to == slot.span.to;
  if (ends_open && files.at(out.pieces.back().file)->is_growing) {
    out.gaps.pop_back();
    out.state = CoverState::recording;
    return out;
  }
  out.state = CoverState::partly;
  return out;
}

/// What of `plays` lies in no slot.
std::vector<Piece> outside(const std::vector<Piece>& plays, std::vector<Wanted> slots) {
  std::ranges::sort(slots, {}, [](const Wanted& s) { return s.span.from; });
  std::vector<Piece> out;
  for (const auto& piece : plays) {
    Instant reached = piece.span.from;
    const auto keep = [&](Instant to) {
      if (to > reached) out.push_back({piece.file, {reached, to}, piece.from + (reached - piece.span.from)});
    };
    for (const auto& slot : slots) {
      if (slot.span.to <= reached) continue;
      if (slot.span.from >= piece.span.to) break;
      keep(slot.span.from);
      reached = slot.span.to;
    }
    keep(piece.span.to);
  }
  return out;
}

}  // namespace

std::string_view name_of(Stream stream) {
  static constexpr std::array<std::string_view, 4> names{"main", "backup", "camera", "slides"};
  return names.at(static_cast<std::size_t>(stream));
}
std::optional<Stream> stream_named(std::string_view name) {
  for (const Stream stream : all_streams)
    if (name_of(stream) == name) return stream;
  return std::nullopt;
}

Covered within(const Covered& slot, const Span& part) {
  Covered out{.slot = slot.slot, .state = slot.state, .pieces = {}, .gaps = {}, .not_allowed = {}};
  for (const auto& piece : slot.pieces)
    if (const Span both = common(piece.span, part); !is_empty(both)) out.pieces.push_back({piece.file, both, piece.from + (both.from - piece.span.from)});
  for (const auto& gap : slot.gaps)
    if (const Span both = common(gap, part); !is_empty(both)) out.gaps.push_back(both);
  if (slot.state == CoverState::not_allowed || slot.state == CoverState::not_begun) return out;
  out.state = out.pieces.empty() ? CoverState::nothing : out.gaps.empty() ? CoverState::whole : CoverState::partly;
  return out;
}

milliseconds Covered::missing() const {
  milliseconds sum{0};
  for (const auto& gap : gaps) sum += gap.length();
  return sum;
}

StreamCoverage cover(std::vector<Wanted> slots, std::vector<Footage> files, Instant now) {
  std::erase_if(files, [](const Footage& f) { return is_empty(f.span); });
  std::ranges::sort(files, [](const Footage& a, const Footage& b) {
    return std::tuple(a.span.from, -a.span.to.time_since_epoch().count(), a.number) < std::tuple(b.span.from, -b.span.to.time_since_epoch().count(), b.number);
  });
  ByNumber by_number;
  for (const auto& file : files) by_number[file.number] = &file;
  StreamCoverage out;
  lay(files, out);
  out.slots.reserve(slots.size());
  for (const auto& slot : slots) out.slots.push_back(cover_slot(slot, out.plays, by_number, now));
  out.outside = outside(out.plays, std::move(slots));
  return out;
}

std::string duration_in_words(milliseconds length) {
  using namespace std::chrono;
  if (length < milliseconds(0)) return "−" + duration_in_words(-length);
  const auto two = [](std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  const auto tenths = (length.count() + 50) / 100;
  if (tenths < 100 && tenths % 10 != 0) return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " s";
  const std::int64_t all = (length.count() + 500) / 1000;
  const std::int64_t h = all / 3600, m = all / 60 % 60, s = all % 60;
  if (h > 0) return std::to_string(h) + " h " + two(m) + " m " + two(s) + " s";
  if (m > 0) return std::to_string(m) + " m " + two(s) + " s";
  return std::to_string(s) + " s";
}

std::string clock_with_seconds(Instant at, const Zone& zone) {
  const std::int64_t s = to_ms(at) / 1000 % 60;
  return clock_text(zone.to_wall(at)) + (s < 10 ? ":0" : ":") + std::to_string(s);
}

std::string in_words(const Covered& covered, const Zone& zone) {
  std::string gaps;
  if (!covered.gaps.empty()) {
    gaps = duration_in_words(covered.gaps.front().length()) + " missing from " + clock_with_seconds(covered.gaps.front().from, zone);
    if (covered.gaps.size() > 1) gaps += ", and " + std::to_string(covered.gaps.size() - 1) + " more, " + duration_in_words(covered.missing()) + " in all";
  }
  switch (covered.state) {
    case CoverState::not_begun:
      return "not begun";
    case CoverState::nothing:
      return "nothing recorded yet";
    case CoverState::recording:
      return gaps.empty() ? "still recording" : "still recording; " + gaps;
    case CoverState::partly:
      return gaps;
    case CoverState::whole:
      return "whole";
    case CoverState::not_allowed:
      return covered.not_allowed.count() > 0 ? "not to be recorded, but " + duration_in_words(covered.not_allowed) + " of it lie on disk"
                                             : "not to be recorded";
  }
  return {};
}

}  // namespace confer::footage
