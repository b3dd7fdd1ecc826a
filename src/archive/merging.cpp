// Three versions of a talk become one (merging.h).
#include "archive/merging.h"
#include <algorithm>

namespace confer::archive {
namespace {

bool says_something(const std::string& text) { return !text.empty(); }
template <class T>
bool says_something(const std::vector<T>& list) {
  return !list.empty();
}
template <class T>
bool says_something(const std::optional<T>& value) {
  return value.has_value();
}
bool says_something(const recordings::Recorded& recorded) { return recorded.precision != recordings::Precision::unknown; }

class Merge {
 public:
  Merge(bool has_base, bool edited) : has_base_(has_base), edited_(edited) {}

  /// `here` becomes what is to be stored.
  template <class T>
  void field(const char* name, T& here, const T& fresh, const T* base) {
    if (here == fresh) return;
    if (!edited_) {
      here = fresh;
    } else if (!has_base_) {
      if (!says_something(here)) here = fresh;
    } else if (here == *base) {
      here = fresh;
    } else if (!(fresh == *base)) {
      conflicts_.emplace_back(name);
    }
  }
  std::vector<std::string> take() { return std::move(conflicts_); }
  void conflict(const char* name) { conflicts_.emplace_back(name); }

 private:
  bool has_base_, edited_;
  std::vector<std::string> conflicts_;
};

std::vector<std::string> names_of(const talks::Talk& talk) {
  std::vector<std::string> names;
  for (const auto& credit : talk.credits) names.push_back(credit.name);
  return names;
}

/// Credits by these names; who was known by one of them (a person, a biography) stays known.
std::vector<talks::Credit> credits_for(const std::vector<std::string>& names, const talks::Talk& here) {
  std::vector<talks::Credit> credits;
  for (const auto& name : names) {
    const auto known = std::ranges::find(here.credits, name, &talks::Credit::name);
    talks::Credit credit;
    credit.name = name;
    credits.push_back(known == here.credits.end() ? credit : *known);
  }
  return credits;
}

struct ToldVideos {
  std::vector<recordings::Video> videos;
  bool operator==(const ToldVideos& other) const {
    return std::ranges::equal(videos, other.videos, [](const recordings::Video& a, const recordings::Video& b) { return a.same_as(b); });
  }
};
bool says_something(const ToldVideos& told) { return !told.videos.empty(); }

}  // namespace

Merged merge(const ImportedTalk* base, const talks::Talk& here, const recordings::Recording& recording_here, const ImportedTalk& fresh, bool edited) {
  Merged out{here, recording_here, {}};
  Merge m(base != nullptr, edited);
  const auto of = [&](auto member) { return base != nullptr ? &(base->talk.*member) : nullptr; };
  const auto talk_field = [&](const char* name, auto member) { m.field(name, out.talk.*member, fresh.talk.*member, of(member)); };
  talk_field("title", &talks::Talk::title);
  talk_field("abstract", &talks::Talk::abstract);
  talk_field("description", &talks::Talk::description);
  talk_field("language", &talks::Talk::language);
  talk_field("tags", &talks::Talk::tags);
  talk_field("license", &talks::Talk::license);
  talk_field("links", &talks::Talk::links);
  std::vector<std::string> names = names_of(here);
  const std::vector<std::string> base_names = base != nullptr ? names_of(base->talk) : std::vector<std::string>();
  m.field("speakers", names, names_of(fresh.talk), &base_names);
  if (names != names_of(here)) out.talk.credits = credits_for(names, here);

  const auto recording_of = [&](auto member) { return base != nullptr ? &(base->recording.*member) : nullptr; };
  const auto recording_field = [&](const char* name, auto member) { m.field(name, out.recording.*member, fresh.recording.*member, recording_of(member)); };
  recording_field("recorded", &recordings::Recording::recorded);
  const auto duration_before = out.recording.duration;
  recording_field("duration", &recordings::Recording::duration);
  if (out.recording.duration != duration_before || !edited) out.recording.duration_repair = fresh.recording.duration_repair;
  recording_field("quality notes", &recordings::Recording::quality_notes);
  recording_field("copyright", &recordings::Recording::copyright);
  out.recording.license = recordings::license_of(out.recording.copyright);
  recording_field("thumbnail", &recordings::Recording::thumbnail_url);
  ToldVideos videos{out.recording.videos};
  const ToldVideos base_videos{base != nullptr ? base->recording.videos : std::vector<recordings::Video>()};
  m.field("videos", videos, ToldVideos{fresh.recording.videos}, &base_videos);
  out.recording.videos = std::move(videos.videos);
  if (out.recording.status == recordings::Status::unknown || out.recording.status == recordings::Status::published)
    out.recording.status = out.recording.videos.empty() ? recordings::Status::unknown : recordings::Status::published;
  out.conflicts = m.take();
  return out;
}

}  // namespace confer::archive
