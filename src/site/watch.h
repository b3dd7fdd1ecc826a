// The parts of a talk's page that tell of its recording: where it can be seen, in what words it cannot, how to share and cite it, what is like it.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>
#include "archive/archive.h"
#include "html/page.h"
#include "html/template.h"
#include "recordings/recordings.h"
#include "site/document.h"

namespace confer::site {

/// What the parts have to know of a talk.
struct Watched {
  std::string code, title, language;  ///< `language`: of the page
  std::string videos;                 ///< path below which its own files are sent by number
  std::string chapters;               ///< address of its chapters as WebVTT
  std::string captions;               ///< … its captions by language
  std::string address;                ///< the whole of its own, with host
  std::string event_title;
  std::vector<std::string> names;
  std::string talk_language;
  std::optional<Date> day;
  int year = 0;
  Zone zone;  ///< of the event: moments are told by it
};

/// Fills site/watch.html in a section WATCH, and NO_VIDEO with a sentence where there is nothing to see. Adds to `hosts` whom a click may ask.
void fill_watch(html::View& view, const Watched& talk, const recordings::Recording& recording, OtherHosts& hosts);
/// Whether it is a video of ours, for a player in the midst of a page; and that player's section PLAYER.
bool has_own_video(const recordings::Recording& recording);
void fill_player(html::View& view, const Watched& talk, const recordings::Recording& recording);
/// Scripts for it: the player, and a reader of HLS where one is needed.
std::vector<std::string> watch_scripts(const recordings::Recording& recording);
/// Fills site/share.html in a section SHARE: the address, with a time, and how to cite.
void fill_share(html::View& view, const Watched& talk, const recordings::Recording& recording, std::string_view citation_href);
/// What Open Graph tells of the video: its file, or the player of its host; nothing when there is nothing to see.
void tell_open_graph(html::Page& page, std::string_view base_url, const Watched& talk, const recordings::Recording& recording);
/// schema.org's VideoObject; empty when there is nothing to see.
std::string video_json_ld(const Watched& talk, const recordings::Recording& recording, std::string_view description, std::string_view site_title);

/// The first video that can be shown in the page, or nullptr: own files first, then in the order told; never one that is dead, and none while the
/// recording may not be shown.
const recordings::Video* main_video(const recordings::Recording& recording);
/// "https://player.vimeo.com" of an address; empty for no https address.
std::string origin_of(std::string_view url);
/// A talk as BibTeX.
std::string bibtex(const Watched& talk, const recordings::Recording& recording);

}  // namespace confer::site
