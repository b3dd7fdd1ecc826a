// confer recordings match.
#include <cmath>
#include <iostream>
#include "app/commands/commands.h"
#include "base/text.h"
#include "files/files.h"
#include "recordings/video_lists.h"

namespace confer::app {
namespace {

using recordings::Certainty;
using recordings::Matched;
using recordings::OfferedVideo;

std::string video_of(const OfferedVideo& video) { return ellipsis(video.listed.title.empty() ? video.listed.url : video.listed.title, 100); }

void print(const Matched& matched) {
  std::cout << matched.videos.size() << " videos, read as " << matched.list.format << "; " << matched.talks.size() << " talks\n";
  for (const auto& video : matched.videos) {
    switch (video.state) {
      case OfferedVideo::State::known:
        std::cout << "  here already  " << video_of(video) << " → " << matched.talks[*video.talk].title << "\n";
        break;
      case OfferedVideo::State::repeated:
        std::cout << "  repeated  " << video_of(video) << ", as in line " << video.first_line << "\n";
        break;
      case OfferedVideo::State::new_here:
      case OfferedVideo::State::elsewhere:
        if (video.found.talk)
          std::cout << "  " << in_words(recordings::certainty_of(video.found.confidence)) << " " << std::lround(video.found.confidence * 100) << " %  "
                    << video_of(video) << " → " << matched.talks[*video.found.talk].code << " " << matched.talks[*video.found.talk].title << " ("
                    << in_words(video.found.why) << ")";
        else
          std::cout << "  no talk found  " << video_of(video);
        std::cout << (video.other.empty() ? "" : ", which is here as " + video.other) << "\n";
        break;
    }
  }
  for (const auto talk : matched.without_video) std::cout << "  without a video  " << matched.talks[talk].code << " " << matched.talks[talk].title << "\n";
  for (const auto& one : matched.list.left_out) std::cout << "  read past  line " << one.line << ": " << one.text << ": " << one.why << "\n";
}

Result<void> match(Installation& here, const MatchOptions& options) {
  TRY_ASSIGN(const auto text, files::read_file(options.file, recordings::largest_video_list));
  TRY_ASSIGN(auto list, recordings::read_video_list(text));
  // Looked at and taken in one transaction: nobody can change a talk in between.
  TRY_ASSIGN(auto tx, options.apply ? here.db->begin_write() : here.db->begin_read());
  TRY_ASSIGN(const auto event, events::require_event(tx, options.event));
  TRY_ASSIGN(const auto matched, recordings::match_list(tx, event, std::move(list)));
  print(matched);
  if (!options.report.empty()) TRY(files::write_durably(options.report, recordings::to_json(matched)));
  if (!options.apply) return {};
  recordings::Choices choices;
  for (std::size_t v = 0; v < matched.videos.size(); ++v) {
    const auto& found = matched.videos[v].found;
    // A video that a talk elsewhere has is a person's to judge.
    if (found.talk && found.confidence >= options.least && matched.videos[v].state == OfferedVideo::State::new_here)
      choices[v] = matched.talks[*found.talk].code;
  }
  if (choices.empty()) {
    std::cout << "No video is as sure as " << options.least << ": nothing was changed.\n";
    return {};
  }
  TRY_ASSIGN(const auto taken, recordings::take_videos(tx, system_actor("command line"), event, matched, choices));
  TRY(tx.commit());
  std::cout << taken.videos << " videos added to " << taken.talks << " talks\n";
  return {};
}

}  // namespace

int run_recordings_match(Installation& here, const MatchOptions& options) {
  if (auto done = match(here, options); !done) return report_error(done.error());
  return 0;
}

}  // namespace confer::app
