// Atom (RFC 4287) and podcasts (RSS 2.0 with the tags of podcast players) over lists of the archive (feeds.h).
#include "site/feeds.h"
#include <algorithm>
#include <chrono>
#include "archive/full.h"
#include "base/text.h"
#include "events/events.h"
#include "html/markdown.h"
#include "html/template.h"
#include "search/search.h"
#include "site/archive_frame.h"
#include "site/described.h"
#include "site/site.h"

namespace confer::site {
namespace {

using archive::Full;
using html::escape;
using html::translate;

constexpr int most_entries = 50;
constexpr std::string_view atom_type = "application/atom+xml; charset=utf-8";
constexpr std::string_view rss_type = "application/rss+xml; charset=utf-8";

/// A list and what it is called.
struct Listed {
  std::string title, page;  ///< `page`: the path of the list for people
  std::string moved_to;     ///< the list that was asked for lives under another name: its path, without the file
  std::vector<archive::Row> rows;
};

std::string title_in(const LocalizedText& title, std::string_view language, std::string_view instead) {
  const auto& text = title.in(language);
  return text.empty() ? std::string(instead) : text;
}

Result<Listed> newest(const Asked& asked, bool only_with_video) {
  Listed list{.title = std::string(translate("New talks in the archive", asked.language)), .page = "/archive", .moved_to = {}, .rows = {}};
  if (only_with_video) {
    TRY_ASSIGN(auto found, archive::list_talks(asked.tx, {.only_with_video = true}, {.number = 1, .size = most_entries}));
    list.rows = std::move(found.rows);
  } else {
    TRY_ASSIGN(list.rows, archive::list_newest(asked.tx, most_entries));
  }
  return list;
}

/// Of `/archive/{kind}/{name}/…`, or of everything.
Result<Listed> listed(const Asked& asked, bool only_with_video) {
  const auto kind_asked = asked.request.route.find("kind");
  if (kind_asked == asked.request.route.end()) return newest(asked, only_with_video);
  const std::string& kind = kind_asked->second;
  const std::string& name = asked.request.param("name");
  Listed list;
  list.page = "/archive/" + kind + "/" + name;
  archive::Filter filter{.only_with_video = only_with_video};
  const auto missing = [] { return fail(ErrorCode::not_found, "There is no such feed."); };
  if (kind == "events") {
    TRY_ASSIGN(const auto event, events::find_event(asked.tx, name));
    if (!event || !event->is_public) return missing();
    filter.event = event->id;
    list.title = title_in(event->title, asked.language, event->slug);
    list.page = "/" + event->slug;
  } else if (kind == "series") {
    TRY_ASSIGN(const auto series, events::find_series(asked.tx, name));
    if (!series) return missing();
    filter.series = series->id;
    list.title = title_in(series->title, asked.language, series->slug);
  } else if (kind == "speakers") {
    TRY_ASSIGN(auto speaker, archive::find_speaker(asked.tx, name));
    if (!speaker) return missing();
    if (speaker->merged_into) {
      TRY_ASSIGN(speaker, archive::find_speaker(asked.tx, speaker->merged_into));
      if (!speaker) return missing();
      list.moved_to = "/archive/speakers/" + speaker->slug;
      return list;
    }
    filter.speaker = speaker->id;
    list.title = speaker->name;
  } else if (kind == "tags") {
    TRY_ASSIGN(const auto tag, archive::find_tag(asked.tx, name));
    if (!tag) return missing();
    filter.tag = tag->id;
    list.title = tag->name;
  } else {
    return missing();
  }
  TRY_ASSIGN(auto found, archive::list_talks(asked.tx, filter, {.number = 1, .size = most_entries}));
  // Nobody may learn from a feed that something hidden exists; of what is seen and has no videos yet, there will be a podcast.
  if (found.rows.empty()) {
    filter.only_with_video = false;
    TRY_ASSIGN(const auto seen, archive::list_talks(asked.tx, filter, {.number = 1, .size = 1}));
    if (seen.rows.empty()) return missing();
  }
  list.rows = std::move(found.rows);
  return list;
}

Result<Listed> searched(const Asked& asked) {
  constexpr std::size_t longest = 300;
  const std::string text = ellipsis(tidy_line(asked.request.query.get("q")), longest);
  Listed list{.title = std::string(translate("Talks about “%1”", asked.language, {text})),
              .page = "/archive/search?q=" + percent_encoded(text),
              .moved_to = {},
              .rows = {}};
  auto hits = search::find(asked.tx, {.text = text, .kind = std::string(talk_document), .limit = most_entries, .order = search::Order::date});
  if (!hits && hits.error().code == ErrorCode::invalid) return list;
  TRY(hits);
  std::vector<std::string> codes;
  for (const auto& hit : hits->hits) codes.push_back(hit.key);
  TRY_ASSIGN(list.rows, archive::rows_of(asked.tx, codes));
  return list;
}

std::string names_of(const Full& talk) {
  std::vector<std::string> names;
  for (const auto& speaker : talk.speakers)
    if (!speaker.name.empty()) names.push_back(speaker.name);
  return join(names, ", ");
}

const std::string& text_of(const Full& talk) { return talk.abstract.empty() ? talk.description : talk.abstract; }

std::string name_with_event(const Full& talk, std::string_view language) {
  return talk.title + " (" + title_in(talk.event_title, language, talk.event_slug) + ")";
}

/// When it became part of the archive: a feed's reader has seen what is older than that.
Instant published_at(const Full& talk) { return talk.added_at; }

/// An import that was taken back and made again keeps what it brought as it was, and tells of it anew.
Instant updated_at(const Full& talk) { return std::max(talk.changed_at, published_at(talk)); }

std::string seconds_only(Instant at) { return to_text(Instant(std::chrono::floor<std::chrono::seconds>(at))); }

std::string atom(const Asked& asked, const Listed& list, const std::vector<Full>& talks, const std::string& self) {
  const std::string base(asked.base_url());
  Instant updated{};
  for (const auto& talk : talks) updated = std::max(updated, updated_at(talk));
  std::string out = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"" + asked.language + "\">\n<title>" +
                    escape(list.title) + "</title>\n<id>" + escape(base + self) + "</id>\n<link rel=\"self\" type=\"application/atom+xml\" href=\"" +
                    escape(base + self) + "\"/>\n<link rel=\"alternate\" type=\"text/html\" href=\"" + escape(base + list.page) + "\"/>\n<updated>" +
                    seconds_only(updated) + "</updated>\n<author><name>" + escape(list.title) + "</name></author>\n";
  for (const auto& talk : talks) {
    const std::string href = base + archive::path_of(talk);
    // The GUID stays when the title, and with it the address, changes.
    out += "<entry>\n<title>" + escape(name_with_event(talk, asked.language)) + "</title>\n<id>urn:uuid:" + escape(talk.guid) +
           "</id>\n<link rel=\"alternate\" type=\"text/html\" href=\"" + escape(href) + "\"/>\n<published>" + seconds_only(published_at(talk)) +
           "</published>\n<updated>" + seconds_only(updated_at(talk)) + "</updated>\n";
    for (const auto& speaker : talk.speakers)
      if (!speaker.name.empty()) out += "<author><name>" + escape(speaker.name) + "</name></author>\n";
    for (const auto& tag : talk.tags) out += "<category term=\"" + escape(tag.name) + "\"/>\n";
    if (const auto html = described(talk.markup, text_of(talk)); !html.empty()) out += "<content type=\"html\">" + escape(html) + "</content>\n";
    out += "</entry>\n";
  }
  return out + "</feed>\n";
}

/// A file that a podcast player can fetch; nothing for a page of a video host.
const recordings::Video* enclosure_of(const Full& talk) {
  const auto& recording = talk.recording;
  if (!recordings::may_be_shown(recording)) return nullptr;
  for (const auto& video : recording.videos) {
    const bool is_file = video.place == recordings::Place::own_file || video.place == recordings::Place::file_elsewhere;
    const bool is_media = video.media_type.starts_with("video/") || video.media_type.starts_with("audio/");
    if (is_file && is_media && video.health != recordings::Health::dead) return &video;
  }
  return nullptr;
}

/// "12:34" or "1:02:03", as players show it.
std::string clock_length(std::chrono::seconds length) {
  const std::chrono::hh_mm_ss parts(length);
  const auto two = [](std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  const auto hours = parts.hours().count(), minutes = parts.minutes().count(), seconds = parts.seconds().count();
  return hours > 0 ? std::to_string(hours) + ":" + two(minutes) + ":" + two(seconds) : std::to_string(minutes) + ":" + two(seconds);
}

/// The date of RSS, "Fri, 09 Mar 2012 08:30:00 GMT" (RFC 822 with a year of four digits).
std::string rss_date(const Full& talk) {
  if (!talk.day) return http_date(published_at(talk));
  return http_date(Instant(std::chrono::sys_days(talk.day->time_since_epoch())));
}

std::string podcast(const Asked& asked, const Listed& list, const std::vector<Full>& talks, const std::string& self) {
  const std::string base(asked.base_url());
  std::string out =
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\" "
      "xmlns:itunes=\"http://www.itunes.com/dtds/podcast-1.0.dtd\" xmlns:podcast=\"https://podcastindex.org/namespace/1.0\">\n<channel>\n<title>" +
      escape(list.title) + "</title>\n<link>" + escape(base + list.page) + "</link>\n<description>" +
      escape(translate("Recorded talks: %1", asked.language, {list.title})) + "</description>\n<language>" + asked.language +
      "</language>\n<atom:link rel=\"self\" type=\"application/rss+xml\" href=\"" + escape(base + self) + "\"/>\n<itunes:author>" + escape(list.title) +
      "</itunes:author>\n<itunes:explicit>false</itunes:explicit>\n<itunes:category text=\"Technology\"/>\n";
  for (const auto& talk : talks) {
    const auto* video = enclosure_of(talk);
    if (video == nullptr) continue;
    const std::string href = base + archive::path_of(talk);
    const std::string file = video->place == recordings::Place::own_file
                                 ? base + recordings::path_of_files(talk.event_slug, talk.code) + std::to_string(video->id.value)
                                 : video->url;
    const auto length = video->length.value_or(talk.length);
    out += "<item>\n<title>" + escape(name_with_event(talk, asked.language)) + "</title>\n<link>" + escape(href) + "</link>\n<guid isPermaLink=\"false\">" +
           escape(talk.guid) + "</guid>\n<pubDate>" + rss_date(talk) + "</pubDate>\n";
    if (const auto names = names_of(talk); !names.empty()) out += "<itunes:author>" + escape(names) + "</itunes:author>\n";
    if (const auto html = described(talk.markup, text_of(talk)); !html.empty()) out += "<description>" + escape(html) + "</description>\n";
    if (length.count() > 0) out += "<itunes:duration>" + clock_length(length) + "</itunes:duration>\n";
    // RSS demands a length; 0 is what is written where it is not known.
    out += "<enclosure url=\"" + escape(file) + "\" length=\"" + std::to_string(video->size_bytes.value_or(0)) + "\" type=\"" + escape(video->media_type) +
           "\"/>\n";
    // They count the first video, and only that.
    if (!talk.recording.chapters.empty() && video == &talk.recording.videos.front() && video->place == recordings::Place::own_file)
      out += "<podcast:chapters url=\"" + escape(base + recordings::path_of_chapters(talk.event_slug, talk.code)) +
             ".json\" type=\"application/json+chapters\"/>\n";
    out += "</item>\n";
  }
  return out + "</channel>\n</rss>\n";
}

using Write = std::string (*)(const Asked&, const Listed&, const std::vector<Full>&, const std::string&);

Result<Made> made(const Asked& asked, Listed list, std::string_view type, Write write, const std::string& self) {
  TRY_ASSIGN(const auto talks, archive::with_all(asked.tx, std::move(list.rows)));
  return Made{.content_type = std::string(type), .body = write(asked, list, talks, self), .for_all_origins = true};
}

Result<http::Response> made_of_search(const Web& web, http::Request& request, std::string_view type, Write write) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  const Asked asked{.web = web, .tx = tx, .request = request, .language = std::string(html::languages().front())};
  TRY_ASSIGN(auto list, searched(asked));
  TRY_ASSIGN(auto feed, made(asked, std::move(list), type, write, request.path + "?q=" + percent_encoded(request.query.get("q"))));
  return http::Response::content(std::move(feed.content_type), std::move(feed.body)).with_cache("no-cache").for_all_origins();
}

}  // namespace

Result<Made> archive_feed(const Asked& asked) {
  TRY_ASSIGN(auto list, listed(asked, false));
  if (!list.moved_to.empty()) return Made{.moved_to = list.moved_to + "/feed.atom"};
  return made(asked, std::move(list), atom_type, atom, asked.request.path);
}

Result<Made> archive_podcast(const Asked& asked) {
  TRY_ASSIGN(auto list, listed(asked, true));
  if (!list.moved_to.empty()) return Made{.moved_to = list.moved_to + "/podcast.rss"};
  return made(asked, std::move(list), rss_type, podcast, asked.request.path);
}

Result<http::Response> search_feed(const Web& web, http::Request& request) { return made_of_search(web, request, atom_type, atom); }
Result<http::Response> search_podcast(const Web& web, http::Request& request) { return made_of_search(web, request, rss_type, podcast); }

}  // namespace confer::site
