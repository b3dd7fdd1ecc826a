// Recording a room's stream (record.h).
#include "footage/record.h"
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <set>
#include <thread>
#include "base/text.h"
#include "files/durable.h"
#include "footage/names.h"

namespace confer::footage {
namespace {

using std::chrono::seconds;
using std::chrono::steady_clock;

constexpr std::array<std::string_view, 7> schemes{"rtmp://", "rtmps://", "srt://", "rtsp://", "rtsps://", "http://", "https://"};
/// How often the schedule and the folder are looked at.
constexpr seconds every{2};

/// ffmpeg gives a segment the name of the second in which it opens it, and opens the first of a connection when it has looked into some seconds of the stream.
constexpr milliseconds most_apart{1500};

/// "20271130T101500Z.ts": what `usual_patterns` read.
std::string name_of_segment(Instant start) {
  std::string name;
  for (const char c : to_text(std::chrono::floor<seconds>(start)).substr(0, 19))
    if (c != '-' && c != ':') name += c;
  return name + "Z.ts";
}

std::string name_only(const std::string& path) { return path.substr(path.rfind('/') + 1); }

/// Parts of blocks that must not be recorded, beside the slots.
std::vector<PlannedSlot> with_parts(std::vector<PlannedSlot> slots) {
  std::vector<PlannedSlot> forbidden;
  for (const auto& slot : slots)
    for (const auto& part : slot.parts)
      if (talks::may_be_recorded(slot.consent) && !talks::may_be_recorded(part.consent))
        forbidden.push_back({.number = -1 - static_cast<std::int64_t>(forbidden.size()),
                             .room = slot.room,
                             .talk = part.talk,
                             .title = part.title,
                             .span = part.span,
                             .consent = part.consent,
                             .parts = {}});
  std::ranges::move(forbidden, std::back_inserter(slots));
  return slots;
}

class StreamRecording {
 public:
  StreamRecording(db::Database& db, const RecordOrder& order, const Probe& probe, const Say& say, const std::function<bool()>& stopping)
      : db_(db), order_(order), probe_(probe), say_(say), stopping_(stopping) {}

  Result<void> run() {
    TRY(media::run_limited({"ffmpeg", "-version"}, {}));
    TRY_ASSIGN(auto lock, files::Descriptor::open(order_.folder + "/.recording", O_RDWR | O_CREAT, 0600));
    if (flock(lock.number(), LOCK_EX | LOCK_NB) != 0)
      return fail(ErrorCode::conflict, "Another recording writes into “" + order_.folder + "” already. Stop that one, or give this one another --recorder.");
    TRY(look_at_schedule());
    TRY(settle_what_was_cut_off());
    while (!stopping_()) {
      if (is_time()) note(look_at_schedule());
      if (const auto* slot = forbidden_at(slots_, now())) {
        say_once_silent(*slot);
      } else if (steady_clock::now() >= next_try_) {
        TRY(record_once());
        continue;
      }
      // Until the talk is over, or the next try is due: nothing tells of a wish to stop or of a changed schedule but asking.
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    return {};
  }

 private:
  enum class Why : unsigned char { ended, told, talk, stall };

  /// True every two seconds.
  bool is_time() {
    if (steady_clock::now() < next_look_) return false;
    next_look_ = steady_clock::now() + every;
    return true;
  }
  /// A transaction's time and what went by since: also while the database does not answer.
  Instant now() const { return looked_at_now_ + std::chrono::duration_cast<milliseconds>(steady_clock::now() - looked_at_); }
  void tell(const std::string& sentence) const { say_(now(), sentence); }
  /// What goes wrong beside the recording is told, each once, and does not end it: the picture is what cannot be had again.
  bool note(const Result<void>& done) {
    if (done) {
      trouble_.clear();
      return true;
    }
    if (done.error().message != trouble_) tell(done.error().message);
    trouble_ = done.error().message;
    return false;
  }

  Result<void> look_at_schedule() {
    TRY_ASSIGN(auto tx, db_.begin_read());
    TRY_ASSIGN(const auto event, events::require_event(tx, order_.event));
    TRY_ASSIGN(auto all, load_footage(tx, event, tx.now()));
    looked_at_now_ = tx.now();
    looked_at_ = steady_clock::now();
    zone_ = all.zone;
    slots_.clear();
    for (auto& room : all.rooms)
      if (room.room.id == order_.room) slots_ = with_parts(std::move(room.slots));
    files_ = std::move(all.files);
    return {};
  }

  void say_once_silent(const PlannedSlot& slot) {
    if (silent_for_ == slot.number) return;
    silent_for_ = slot.number;
    tell("Not recording until " + clock_with_seconds(slot.span.to + margin, *zone_) + ": the speakers of “" + slot.title +
         "” do not allow it. Should they change their mind, it goes on.");
  }

  /// The last second of a segment came when it was written last: so it began its length before that.
  Result<void> name_by_start(Looked& looked) const {
    const auto named = time_in_name(looked.found.path, usual_patterns());
    if (!looked.length || !named) return {};
    const Instant start = looked.found.modified_at - *looked.length;
    const Instant told = Instant(named->wall.time_since_epoch());
    if (start - told < most_apart && told - start < most_apart) return {};
    std::string better = order_.folder + "/" + name_of_segment(start);
    TRY(files::move_durably_new(looked.found.path, better));
    looked.found.path = std::move(better);
    return {};
  }

  static Result<void> take_off(db::Tx& tx, const Actor& actor, const events::Event& event, const std::string& path) {
    TRY_ASSIGN(const auto all, list_files(tx, event));
    for (const auto& file : all)
      if (file.path == path) TRY(remove_file(tx, actor, event, file.id));
    return {};
  }

  /// What is on disk under that path, registered; `is_whole`: nothing writes to it any more.
  Result<void> take_in(const std::string& path, bool is_whole) {
    TRY_ASSIGN(const auto found, find_file(path));
    if (found.size_bytes == 0) return {};
    const Instant at = is_whole ? found.modified_at + still_growing + seconds(1) : found.modified_at;
    auto looked = look(found, {}, probe_, at);
    if (is_whole) TRY(name_by_start(looked));
    const Actor actor = system_actor("command line");
    TRY_ASSIGN(auto tx, db_.begin_write());
    TRY_ASSIGN(const auto event, events::require_event(tx, order_.event));
    if (looked.found.path != path) TRY(take_off(tx, actor, event, path));
    TRY(keep_files(tx, actor, event, order_.recorder, {looked}));
    TRY(tx.commit());
    if (!is_whole) {
      tell("Writing " + name_only(path) + ".");
      growing_.insert(path);
      return {};
    }
    growing_.erase(path);
    whole_.insert(looked.found.path);
    came_at_ = steady_clock::now();
    tell(name_only(looked.found.path) + ": " + (looked.length ? duration_in_words(*looked.length) : "length unknown") + ", " +
         std::string(name_of(looked.state)) + ".");
    return {};
  }

  /// A power cut leaves a segment that nobody writes to any more.
  Result<void> settle_what_was_cut_off() {
    for (const auto& file : files_)
      if (file.recorder == order_.recorder.id && file.state == FileState::growing && file.path.starts_with(order_.folder + "/")) note(take_in(file.path, true));
    TRY_ASSIGN(const auto all, find_files(order_.folder));
    for (const auto& file : all) whole_.insert(file.path);
    return {};
  }

  /// New segments, and whether anything comes: what was written goes to the disk, not only to the machine's memory.
  Result<void> look_at_folder() {
    TRY_ASSIGN(const auto all, find_files(order_.folder));
    std::uint64_t written = 0;
    for (const auto& file : all) {
      if (whole_.contains(file.path)) continue;
      written += file.size_bytes;
      if (const files::Descriptor open_file(open(file.path.c_str(), O_RDONLY | O_CLOEXEC)); open_file.is_open()) fdatasync(open_file.number());
      if (!growing_.contains(file.path) && file.size_bytes > 0) note(take_in(file.path, false));
    }
    if (written != written_) {
      written_ = written;
      came_at_ = steady_clock::now();
    }
    return {};
  }

  bool must_end() {
    if (stopping_()) {
      why_ = Why::told;
      return true;
    }
    if (is_time()) {
      note(look_at_schedule());
      note(look_at_folder());
    }
    if (forbidden_at(slots_, now()) != nullptr)
      why_ = Why::talk;
    else if (steady_clock::now() - came_at_ > order_.patience)
      why_ = Why::stall;
    return why_ != Why::ended;
  }

  Result<void> record_once() {
    why_ = Why::ended;
    written_ = 0;
    silent_for_ = 0;
    came_at_ = steady_clock::now();
    tell("Connecting to " + without_keys(order_.url) + ".");
    const std::size_t before = whole_.size();
    TRY_ASSIGN(const auto ended, media::run_limited(
                                     recording_command(order_), recording_limits(order_),
                                     [&](std::string_view line) {
                                       if (!line.empty()) note(take_in(order_.folder + "/" + name_only(std::string(line)), true));
                                     },
                                     [&] { return must_end(); }));
    // A segment of which ffmpeg did not tell its end any more.
    if (auto all = find_files(order_.folder); all)
      for (const auto& file : *all)
        if (!whole_.contains(file.path)) note(take_in(file.path, true));
    failures_ = whole_.size() > before ? 0 : failures_ + 1;
    if (why_ == Why::told || why_ == Why::talk) return {};
    const auto pause = pause_after(failures_);
    next_try_ = steady_clock::now() + pause;
    const std::string reason = why_ == Why::stall ? "Nothing came for " + std::to_string(order_.patience.count()) + " s."
                                                  : replace_all(media::reason_of(ended), order_.url, without_keys(order_.url));
    tell("The stream broke off: " + (ended.exit_code == 0 && why_ == Why::ended ? "it ended." : reason) + " Trying again in " + std::to_string(pause.count()) +
         " s.");
    return {};
  }

  db::Database& db_;
  const RecordOrder& order_;
  const Probe& probe_;
  const Say& say_;
  const std::function<bool()>& stopping_;

  Instant looked_at_now_{};  ///< what the time was at the last look at the schedule, and
  steady_clock::time_point looked_at_{};
  std::optional<Zone> zone_;
  std::vector<PlannedSlot> slots_;
  std::vector<MediaFile> files_;
  std::set<std::string> growing_, whole_;  ///< segments, by path
  std::int64_t silent_for_ = 0;
  std::string trouble_;
  Why why_ = Why::ended;
  int failures_ = 0;
  std::uint64_t written_ = 0;
  steady_clock::time_point next_look_{}, next_try_{}, came_at_{};
};

}  // namespace

Result<void> check_stream_address(std::string_view url) {
  const auto lower = ascii_lower(url.substr(0, 10));
  const auto* scheme = std::ranges::find_if(schemes, [&](std::string_view one) { return lower.starts_with(one); });
  const bool is_clean = std::ranges::all_of(url, [](char c) { return static_cast<unsigned char>(c) > ' ' && c != 127; });
  if (scheme == schemes.end() || url.size() <= scheme->size() || !is_clean || url[scheme->size()] == '/')
    return fail(ErrorCode::invalid, "A stream’s address begins with rtmp://, rtmps://, srt://, rtsp://, rtsps://, http:// or https://, and a host follows.");
  return {};
}

std::string without_keys(std::string_view url) {
  const auto from = url.find("://");
  if (from == std::string_view::npos) return "the stream";
  auto host = url.substr(from + 3);
  host = host.substr(0, host.find_first_of("/?#"));
  if (const auto at = host.rfind('@'); at != std::string_view::npos) host.remove_prefix(at + 1);
  return std::string(url.substr(0, from + 3)) + std::string(host);
}

std::vector<std::string> recording_command(const RecordOrder& order) {
  // Names tell when a segment began by the clock of UTC: ffmpeg takes its zone from its environment.
  std::vector<std::string> words{"env", "TZ=UTC0", "ffmpeg", "-nostdin", "-hide_banner", "-loglevel", "error"};
  // What comes from the network names no file of this machine.
  const auto add = [&](std::initializer_list<std::string> more) { words.insert(words.end(), more); };
  add({"-protocol_whitelist", "rtmp,rtmps,rtmpt,tls,tcp,udp,rtp,rtsp,srt,http,https,httpproxy,crypto"});
  if (ascii_lower(order.url.substr(0, 4)) == "rtsp") add({"-rtsp_transport", "tcp"});
  add({"-i", order.url, "-map", "0:v?", "-map", "0:a?", "-c", "copy", "-f", "segment"});
  add({"-segment_time", std::to_string(order.segment.count()), "-segment_format", "mpegts", "-reset_timestamps", "1", "-strftime", "1"});
  add({"-segment_list", "pipe:1", "-segment_list_type", "flat", "-segment_format_options", "flush_packets=1"});
  words.push_back(replace_all(order.folder, "%", "%%") + "/%Y%m%dT%H%M%SZ.ts");
  return words;
}

media::Limits recording_limits(const RecordOrder& order) {
  constexpr std::chrono::hours for_ever{24 * 366};
  media::Limits limits{.cpu = for_ever, .wall = for_ever};
  // Names of hosts and certificates.
  limits.reads = {"/etc/resolv.conf", "/etc/hosts", "/etc/nsswitch.conf", "/etc/host.conf", "/etc/gai.conf", "/etc/ssl", "/run/systemd/resolve"};
  limits.writes = {order.folder};
  limits.is_background = false;
  limits.has_network = true;
  limits.grace = seconds(10);
  return limits;
}

std::chrono::seconds pause_after(int failures) {
  constexpr int most = 30;
  return seconds(failures > 5 ? most : std::min(most, 1 << std::max(0, failures - 1)));
}

const PlannedSlot* forbidden_at(const std::vector<PlannedSlot>& slots, Instant now) {
  const PlannedSlot* longest = nullptr;
  for (const auto& slot : slots) {
    if (talks::may_be_recorded(slot.consent) || now < slot.span.from - margin || now >= slot.span.to + margin) continue;
    if (longest == nullptr || longest->span.to < slot.span.to) longest = &slot;
  }
  return longest;
}

Result<void> record_stream(db::Database& db, const RecordOrder& order, const Probe& probe, const Say& say, const std::function<bool()>& stopping) {
  return StreamRecording(db, order, probe, say, stopping).run();
}

}  // namespace confer::footage
