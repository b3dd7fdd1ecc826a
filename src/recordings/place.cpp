// Recognises where a video is by its address.
#include <algorithm>
#include <array>
#include <utility>
#include "base/text.h"
#include "recordings/recordings.h"

namespace confer::recordings {
namespace {

/// The parts of an address that matter here; none for what is not http(s).
struct Address {
  std::string host;
  std::string_view path, query;
};
std::optional<Address> address_of(std::string_view url) {
  std::string_view rest;
  const std::string lower = ascii_lower(url.substr(0, 8));
  if (lower.starts_with("https://"))
    rest = url.substr(8);
  else if (lower.starts_with("http://"))
    rest = url.substr(7);
  else
    return std::nullopt;
  rest = rest.substr(0, rest.find('#'));
  const auto slash = rest.find_first_of("/?");
  Address a;
  a.host = ascii_lower(rest.substr(0, slash));
  if (a.host.starts_with("www.")) a.host.erase(0, 4);
  if (slash == std::string_view::npos) return a;
  rest.remove_prefix(slash);
  const auto question = rest.find('?');
  a.path = rest.substr(0, question);
  if (question != std::string_view::npos) a.query = rest.substr(question + 1);
  return a;
}

std::string_view parameter(std::string_view query, std::string_view name) {
  for (const auto part : split(query, '&'))
    if (part.size() > name.size() && part.starts_with(name) && part[name.size()] == '=') return part.substr(name.size() + 1);
  return {};
}

/// The part of the path after `prefix`, up to the next slash; empty when it does not start so.
std::string_view after(std::string_view path, std::string_view prefix) {
  if (!path.starts_with(prefix)) return {};
  path.remove_prefix(prefix.size());
  return path.substr(0, path.find('/'));
}

bool is_id(std::string_view text, std::size_t least, std::size_t most) {
  const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_'; };
  return text.size() >= least && text.size() <= most && std::ranges::all_of(text, plain);
}

std::string youtube_id(const Address& a) {
  constexpr std::size_t id_length = 11;
  std::string_view id;
  if (a.host == "youtu.be") {
    id = after(a.path, "/");
  } else if (a.host == "youtube.com" || a.host == "m.youtube.com" || a.host == "youtube-nocookie.com") {
    id = parameter(a.query, "v");
    for (const std::string_view prefix : {"/embed/", "/v/", "/live/", "/shorts/"})
      if (id.empty()) id = after(a.path, prefix);
  }
  id = id.substr(0, id_length);
  return is_id(id, id_length, id_length) ? std::string(id) : "";
}

std::string vimeo_id(const Address& a) {
  if (a.host != "vimeo.com" && a.host != "player.vimeo.com") return "";
  for (const auto part : split(a.path, '/'))
    if (!part.empty() && part.find_first_not_of("0123456789") == std::string_view::npos) return std::string(part.substr(0, 20));
  return "";
}

std::string archive_org_id(const Address& a) {
  if (a.host != "archive.org") return "";
  for (const std::string_view prefix : {"/details/", "/download/", "/embed/"})
    if (const auto id = after(a.path, prefix); !id.empty()) return std::string(id.substr(0, 200));
  return "";
}

/// PeerTube runs anywhere: "/videos/watch/UUID", "/w/short".
std::string peertube_id(const Address& a) {
  for (const std::string_view prefix : {"/videos/watch/", "/videos/embed/", "/w/"})
    if (const auto id = after(a.path, prefix); is_id(id, 8, 64)) return std::string(id);
  return "";
}

struct Type {
  std::string_view ending, media_type;
  MediaKind kind;
};
constexpr std::array types{Type{"mp4", "video/mp4", MediaKind::video},
                           Type{"m4v", "video/mp4", MediaKind::video},
                           Type{"webm", "video/webm", MediaKind::video},
                           Type{"ogv", "video/ogg", MediaKind::video},
                           Type{"mkv", "video/x-matroska", MediaKind::video},
                           Type{"flv", "video/x-flv", MediaKind::video},
                           Type{"mov", "video/quicktime", MediaKind::video},
                           Type{"avi", "video/x-msvideo", MediaKind::video},
                           Type{"mp3", "audio/mpeg", MediaKind::audio},
                           Type{"ogg", "audio/ogg", MediaKind::audio},
                           Type{"oga", "audio/ogg", MediaKind::audio},
                           Type{"opus", "audio/opus", MediaKind::audio},
                           Type{"m4a", "audio/mp4", MediaKind::audio},
                           Type{"flac", "audio/flac", MediaKind::audio},
                           Type{"vtt", "text/vtt", MediaKind::captions},
                           Type{"srt", "application/x-subrip", MediaKind::captions},
                           Type{"m3u8", "application/vnd.apple.mpegurl", MediaKind::video}};

const Type* type_of(std::string_view ending) {
  const auto found = std::ranges::find(types, ending, &Type::ending);
  return found == types.end() ? nullptr : &*found;
}

MediaKind kind_of(std::string_view media_type) {
  if (media_type.starts_with("video/") || media_type.contains("mpegurl") || media_type.contains("dash+xml")) return MediaKind::video;
  if (media_type.starts_with("audio/")) return MediaKind::audio;
  if (media_type == "text/vtt" || media_type.contains("subrip") || media_type == "text/srt") return MediaKind::captions;
  return MediaKind::other;
}

}  // namespace

std::string_view name_of(Place place) {
  static constexpr std::array<std::string_view, 7> names{"other", "youtube", "vimeo", "peertube", "archive_org", "file_elsewhere", "own_file"};
  return names.at(static_cast<std::size_t>(place));
}
std::string_view place_in_words(Place place) {
  static constexpr std::array<std::string_view, 7> words{"another site", "YouTube", "Vimeo", "PeerTube", "Internet Archive", "a file elsewhere", "this site"};
  return words.at(static_cast<std::size_t>(place));
}
std::string_view name_of(MediaKind kind) {
  static constexpr std::array<std::string_view, 4> names{"video", "audio", "captions", "other"};
  return names.at(static_cast<std::size_t>(kind));
}
std::string_view name_of(Health health) {
  static constexpr std::array<std::string_view, 4> names{"unchecked", "live", "dead", "doubtful"};
  return names.at(static_cast<std::size_t>(health));
}

void recognise(Video& video) {
  if (video.place != Place::other || video.url.empty()) return;
  const auto address = address_of(video.url);
  if (!address) return;
  const auto at = [&](Place place, std::string id) {
    if (video.place != Place::other || id.empty()) return;
    video.place = place;
    video.external_id = std::move(id);
  };
  at(Place::youtube, youtube_id(*address));
  at(Place::vimeo, vimeo_id(*address));
  const std::string path = ascii_lower(address->path);
  const auto dot = path.rfind('.');
  const Type* by_name = dot == std::string::npos || path.find('/', dot) != std::string::npos ? nullptr : type_of(path.substr(dot + 1));
  // Behind /details/ is a page, whatever its name ends with.
  const bool is_page = address->host == "archive.org" && path.starts_with("/details/");
  if (!is_page && by_name != nullptr && video.place == Place::other) {
    video.place = Place::file_elsewhere;
    if (video.media_type.empty()) video.media_type = by_name->media_type;
  }
  at(Place::archive_org, archive_org_id(*address));
  at(Place::peertube, peertube_id(*address));
  if (video.media_type.empty() && video.place == Place::file_elsewhere)
    if (const Type* told = type_of(ascii_lower(video.told_type))) video.media_type = told->media_type;
  if (!video.media_type.empty()) video.kind = kind_of(video.media_type);
}

std::string embed_url(const Video& video) {
  switch (video.place) {
    case Place::youtube:
      return "https://www.youtube-nocookie.com/embed/" + video.external_id;
    case Place::vimeo:
      return "https://player.vimeo.com/video/" + video.external_id + "?dnt=1";
    case Place::archive_org:
      return "https://archive.org/embed/" + video.external_id;
    case Place::peertube: {
      const auto address = address_of(video.url);
      return address ? "https://" + address->host + "/videos/embed/" + video.external_id : "";
    }
    case Place::other:
    case Place::file_elsewhere:
    case Place::own_file:
      break;
  }
  return "";
}

}  // namespace confer::recordings
