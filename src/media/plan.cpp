// Plans cuts: pure arithmetic on times.
#include "media/plan.h"
#include <algorithm>
#include <limits>

namespace confer::media {

namespace {

constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();

/// Between packets i-1 and i a file can be parted without tearing frames apart: all that is shown before stands before.
class Borders {
 public:
  explicit Borders(const std::vector<Coded>& packets) : last_before_(packets.size() + 1, -never), first_after_(packets.size() + 1, never) {
    for (std::size_t i = 0; i < packets.size(); ++i) last_before_[i + 1] = std::max(last_before_[i], packets[i].shown_at);
    for (std::size_t i = packets.size(); i-- > 0;) first_after_[i] = std::min(first_after_[i + 1], packets[i].shown_at);
  }
  bool is_clean(std::size_t i) const { return last_before_[i] < first_after_[i]; }
  /// The last time that a frame of the packets before `i` is shown.
  std::int64_t last_before(std::size_t i) const { return last_before_[i]; }

 private:
  std::vector<std::int64_t> last_before_, first_after_;
};

/// An encoded run of those frames: fed from the last start at or before the first of them, to behind the last packet that shows one.
Run encoded(const std::vector<Coded>& packets, const Borders& borders, std::vector<std::int64_t> frames) {
  Run run{Run::Means::encode, 0, 0, std::move(frames)};
  for (std::size_t i = 0; i < packets.size(); ++i) {
    if (packets[i].is_start && borders.is_clean(i) && packets[i].shown_at <= run.frames.front()) run.first = i;
    if (packets[i].shown_at >= run.frames.front() && packets[i].shown_at <= run.frames.back()) run.end = i + 1;
  }
  return run;
}

/// Packets [first, end).
struct Packets {
  std::size_t first = 0, end = 0;
};
/// What is still copied when what is shown from `covered.from` to `covered.to` is not: up to a clean border before it, and from a start after it on.
std::vector<Packets> around(const std::vector<Coded>& packets, const Borders& borders, Packets body, Span covered) {
  std::size_t stops = body.first, goes_on = body.end;
  for (std::size_t i = body.first; i <= body.end; ++i)
    if (borders.is_clean(i) && (i == body.first || borders.last_before(i) < covered.from)) stops = i;
  for (std::size_t i = body.end; i-- > stops;)
    if (packets[i].is_start && borders.is_clean(i) && packets[i].shown_at >= covered.to) goes_on = i;
  std::vector<Packets> left;
  if (stops > body.first) left.push_back({body.first, stops});
  if (goes_on < body.end) left.push_back({goes_on, body.end});
  return left;
}

}  // namespace

std::size_t SpanPlan::frames() const {
  std::size_t sum = 0;
  for (const auto& run : runs) sum += run.frames.size();
  return sum;
}

std::size_t SpanPlan::copied() const {
  std::size_t sum = 0;
  for (const auto& run : runs) sum += run.means == Run::Means::copy ? run.frames.size() : 0;
  return sum;
}

Result<SpanPlan> plan_span(const std::vector<Coded>& packets, Span span, bool may_copy, const std::string& why, std::optional<Span> covered) {
  std::vector<std::int64_t> shown;
  std::int64_t usual = 1, after = never;
  for (const auto& packet : packets) {
    if (packet.shown_at >= span.from && packet.shown_at < span.to) shown.push_back(packet.shown_at);
    if (packet.shown_at >= span.to) after = std::min(after, packet.shown_at);
    if (packet.lasts > 0) usual = packet.lasts;
  }
  if (shown.empty()) return fail(ErrorCode::invalid, "No frame is shown between the two times.");
  std::ranges::sort(shown);
  if (std::ranges::adjacent_find(shown) != shown.end()) {
    may_copy = false;
    shown.erase(std::ranges::unique(shown).begin(), shown.end());
  }
  SpanPlan plan;
  plan.begins = shown.front();
  // What follows tells how long the last frame is shown, unless the file has a hole there.
  const std::int64_t next = after == never ? never : after - shown.back();
  plan.ends = shown.back() + std::min(next, shown.size() > 1 ? std::max(usual, shown.back() - shown[shown.size() - 2]) : usual);

  const Borders borders(packets);
  std::size_t first = packets.size(), end = 0;
  if (may_copy)
    for (std::size_t i = 0; i < packets.size() && first == packets.size(); ++i)
      if (packets[i].is_start && borders.is_clean(i) && packets[i].shown_at >= span.from && packets[i].shown_at < span.to) first = i;
  for (std::size_t i = first; i < packets.size() && packets[i].shown_at < span.to; ++i)
    if (borders.is_clean(i + 1)) end = i + 1;
  std::vector<Packets> copies;
  if (end > first) copies.push_back({first, end});
  const bool is_covered = covered && std::ranges::any_of(shown, [&](std::int64_t at) { return at >= covered->from && at < covered->to; });
  if (is_covered && !copies.empty()) copies = around(packets, borders, copies.front(), *covered);
  if (copies.empty()) {
    plan.whole_because = !why.empty()  ? why
                         : end > first ? "Something is laid over each group of pictures."
                         : may_copy    ? "No closed group of pictures lies within the two times."
                                       : "Two frames are shown at the same time.";
    plan.runs.push_back(encoded(packets, borders, std::move(shown)));
    return plan;
  }
  auto next_shown = shown.begin();
  const auto encode_to = [&](std::vector<std::int64_t>::iterator until) {
    if (next_shown != until) plan.runs.push_back(encoded(packets, borders, {next_shown, until}));
  };
  for (const auto& copy : copies) {
    encode_to(std::ranges::lower_bound(shown, packets[copy.first].shown_at));
    Run run{Run::Means::copy, copy.first, copy.end, {}};
    for (std::size_t i = copy.first; i < copy.end; ++i) run.frames.push_back(packets[i].shown_at);
    plan.runs.push_back(std::move(run));
    next_shown = std::ranges::upper_bound(shown, borders.last_before(copy.end));
  }
  encode_to(shown.end());
  return plan;
}

std::vector<Placed> place_frames(const std::vector<SpanPlan>& spans) {
  std::vector<Placed> out;
  std::int64_t base = 0;
  for (const auto& span : spans) {
    for (const auto& run : span.runs)
      for (const auto shown : run.frames) out.push_back({base + shown - span.begins, 0, 0});
    base += span.ends - span.begins;
  }
  std::vector<std::int64_t> sorted;
  for (const auto& frame : out) sorted.push_back(frame.shown_at);
  std::ranges::sort(sorted);
  // The k-th frame written is decoded when the k-th is shown, less the longest wait of any.
  std::int64_t wait = 0;
  for (std::size_t k = 0; k < out.size(); ++k) wait = std::max(wait, sorted[k] - out[k].shown_at);
  for (std::size_t k = 0; k < out.size(); ++k) {
    out[k].decoded_at = sorted[k] - wait;
    const auto next = std::ranges::upper_bound(sorted, out[k].shown_at);
    out[k].lasts = (next == sorted.end() ? base : *next) - out[k].shown_at;
  }
  return out;
}

Result<std::vector<Span>> kept_spans(Span whole, std::vector<Span> dropped) {
  if (whole.from >= whole.to) return fail(ErrorCode::invalid, "The end is not after the beginning.");
  for (const auto& piece : dropped)
    if (piece.from >= piece.to) return fail(ErrorCode::invalid, "The end of a piece that is dropped is not after its beginning.");
  std::ranges::sort(dropped, {}, &Span::from);
  std::vector<Span> out;
  for (const auto& piece : dropped) {
    if (piece.from > whole.from && whole.from < whole.to) out.push_back({whole.from, std::min(piece.from, whole.to)});
    whole.from = std::max(whole.from, piece.to);
  }
  if (whole.from < whole.to) out.push_back(whole);
  if (out.empty()) return fail(ErrorCode::invalid, "Nothing is left when these pieces go.");
  return out;
}

}  // namespace confer::media
