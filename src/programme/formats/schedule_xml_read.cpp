// Reads schedule.xml as frab, pretalx, pentabarf, wafer, OSEM and pgeu write it.
#include <algorithm>
#include <array>
#include <exception>
#include <map>
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>
#include "base/json_writer.h"
#include "base/text.h"
#include "programme/format.h"
#include "programme/formats/import.h"

namespace confer::programme {
namespace {

class Reader {
 public:
  Reader(std::string_view bytes, RawSchedule& raw) : raw_(raw) {
    for (std::size_t i = 0; i < bytes.size(); ++i)
      if (bytes[i] == '\n') line_ends_.push_back(i);
  }

  /// Errors: invalid – nested too deeply.
  Result<void> check_depth(const pugi::xml_node& root) {
    int depth = 0;
    for (pugi::xml_node node = root; node;) {
      if (node.first_child()) {
        node = node.first_child();
        if (++depth > deepest_nesting)
          return fail_at(line_of(node), "The file is nested deeper than " + std::to_string(deepest_nesting) + " levels: that is not a schedule.xml.");
        continue;
      }
      while (node && node != root && !node.next_sibling()) {
        node = node.parent();
        --depth;
      }
      if (!node || node == root) break;
      node = node.next_sibling();
    }
    return {};
  }

  std::string line_of(const pugi::xml_node& node) const {
    const auto offset = node.offset_debug();
    if (offset < 0) return "line ?";
    return "line " + std::to_string(std::ranges::lower_bound(line_ends_, static_cast<std::size_t>(offset)) - line_ends_.begin() + 1);
  }

  /// “&nbsp;” and “Q & A”: XML knows five names of characters, and wants the ampersand written as one of them.
  void count_ampersands(std::string_view bytes) {
    static constexpr std::array<std::string_view, 5> known{"amp", "lt", "gt", "quot", "apos"};
    std::map<std::string, std::pair<std::size_t, int>> found;  // name → first offset, count
    const auto skip = [&](std::size_t& i, std::string_view from, std::string_view to) {
      if (!bytes.substr(i).starts_with(from)) return false;
      const auto end = bytes.find(to, i + from.size());
      i = end == std::string_view::npos ? bytes.size() : end + to.size() - 1;
      return true;
    };
    for (std::size_t i = bytes.find_first_of("&<"); i < bytes.size(); i = bytes.find_first_of("&<", i + 1)) {
      if (bytes[i] == '<') {
        if (!skip(i, "<![CDATA[", "]]>") && !skip(i, "<!--", "-->")) skip(i, "<!DOCTYPE", bytes.find("]>", i) == std::string_view::npos ? ">" : "]>");
        continue;
      }
      const std::string_view rest = bytes.substr(i + 1, 40);
      const std::string_view name = rest.substr(0, rest.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789#"));
      const bool ends = name.size() < rest.size() && rest[name.size()] == ';' && !name.empty();
      if (ends && (name[0] == '#' || std::ranges::find(known, name) != known.end())) continue;
      auto& [first, count] = found.try_emplace(ends ? std::string(name) : std::string(), i, 0).first->second;
      ++count;
    }
    for (const auto& [name, where] : found) {
      const std::string place = line_and_column(bytes, where.first), times = where.second == 1 ? "" : " (" + std::to_string(where.second) + " times)";
      if (name.empty())
        raw_.oddities.push_back({"bare ampersand", place, "An ampersand should be written as “&amp;”" + times + "; it was taken as it stands."});
      else
        raw_.oddities.push_back({"unknown entity", place, "“&" + name + ";” is nothing that XML knows" + times + "; it was kept as it stands."});
    }
  }

  void conference(const pugi::xml_node& node) {
    raw_.place = line_of(node) + ": conference";
    for (const pugi::xml_node& child : node.children()) {
      if (child.type() != pugi::node_element) continue;
      const std::string_view name = child.name();
      if (name == "title")
        raw_.title = text(child);
      else if (name == "acronym")
        raw_.acronym = text(child);
      else if (name == "subtitle" || name == "description")
        raw_.description = LocalizedText("en", text(child));
      else if (name == "start")
        raw_.start = text(child);
      else if (name == "end")
        raw_.end = text(child);
      else if (name == "base_url" || name == "baseurl")
        raw_.base_url = text(child);
      else if (name == "url")
        raw_.url = text(child);
      else if (name == "time_zone_name")
        raw_.zone = text(child);
      else if (name == "day_change")
        raw_.day_change = text(child);
      else if (name == "color")
        raw_.color = child.attribute("primary").value();
      else if (name == "track")
        raw_.tracks.push_back({child.attribute("name").value(), child.attribute("slug").value(), child.attribute("color").value()});
      else if (name == "days" || name == "timeslot_duration")
        continue;
      else if (name == "logo" || name == "release" || name == "venue" || name == "city")
        raw_.extra[std::string(name)] = json_quoted(text(child));
      else
        unknown(child, "conference", raw_.extra);
    }
    if (node.child("baseurl"))
      raw_.oddities.push_back({"baseurl", line_of(node.child("baseurl")) + ": conference/baseurl", "The element is called base_url; it was read as that."});
  }

  void day(const pugi::xml_node& node) {
    std::optional<Date> date;
    const std::string_view written = node.attribute("date").value();
    // Some write the date as a time; a day without one is told by its start.
    for (const std::string_view text : {written, std::string_view(node.attribute("start").value())})
      if (!date)
        if (const auto parsed = parse_date(trim(text).substr(0, 10))) date = *parsed;
    if (date)
      raw_.days.push_back(*date);
    else
      raw_.oddities.push_back({"day without date", line_of(node) + ": day@date", "The day has no date that can be read."});
    if (!raw_.day_start_hour) raw_.day_start_hour = day_start_of(node.attribute("start").value(), node.attribute("end").value());
    for (const pugi::xml_node& child : node.children()) {
      if (child.type() != pugi::node_element) continue;
      const std::string_view name = child.name();
      if (name == "room") {
        for (const pugi::xml_node& in_room : child.children()) {
          if (in_room.type() != pugi::node_element) continue;
          if (std::string_view(in_room.name()) == "event")
            event(in_room, child.attribute("name").value(), child.attribute("guid").value(), date);
          else
            unknown(in_room, "day/room", raw_.extra);
        }
      } else if (name == "event") {
        event(child, "", "", date);
      } else {
        unknown(child, "day", raw_.extra);
      }
    }
  }

  void unknown(const pugi::xml_node& node, std::string_view in, std::map<std::string, std::string>& extra) {
    raw_.oddities.push_back({"unknown field", line_of(node) + ": " + std::string(in) + "/" + node.name(),
                             "“" + ellipsis(node.name(), 60) + "” is not known in this format; it was kept."});
    extra[node.name()] = json_quoted(repair_utf8(text(node)));
  }

  static std::string text(const pugi::xml_node& node) {
    std::string all;
    for (const pugi::xml_node& child : node.children())
      if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) all += child.value();
    return all;
  }

 private:
  void event(const pugi::xml_node& node, const std::string& room, const std::string& room_guid, std::optional<Date> date) {
    RawEvent raw{.place = line_of(node) + ": event"};
    raw.day = date;
    raw.room_guid = room_guid;
    for (const pugi::xml_attribute& attribute : node.attributes()) {
      const std::string_view name = attribute.name();
      if (name == "id")
        raw.id = attribute.value();
      else if (name == "guid")
        raw.guid = attribute.value();
      else if (name == "code")
        raw.code = attribute.value();
      else {
        raw_.oddities.push_back(
            {"unknown field", raw.place + "@" + std::string(name), "“" + ellipsis(name, 60) + "” is not known in this format; it was kept."});
        raw.extra["@" + std::string(name)] = json_quoted(attribute.value());
      }
    }
    struct Field {
      std::string_view name;
      std::string RawEvent::* to;
    };
    static constexpr std::array fields{Field{"title", &RawEvent::title},
                                       Field{"subtitle", &RawEvent::subtitle},
                                       Field{"abstract", &RawEvent::abstract},
                                       Field{"description", &RawEvent::description},
                                       Field{"track", &RawEvent::track},
                                       Field{"type", &RawEvent::type},
                                       Field{"language", &RawEvent::language},
                                       Field{"slug", &RawEvent::slug},
                                       Field{"room", &RawEvent::room},
                                       Field{"url", &RawEvent::url},
                                       Field{"logo", &RawEvent::logo},
                                       Field{"feedback_url", &RawEvent::feedback_url},
                                       Field{"origin_url", &RawEvent::origin_url},
                                       Field{"date", &RawEvent::date},
                                       Field{"start", &RawEvent::start},
                                       Field{"end", &RawEvent::end},
                                       Field{"duration", &RawEvent::length}};
    for (const pugi::xml_node& child : node.children()) {
      if (child.type() != pugi::node_element) continue;
      const std::string_view name = child.name();
      const auto field = std::ranges::find(fields, name, &Field::name);
      if (field != fields.end())
        raw.*(field->to) = text(child);
      else if (name == "persons")
        persons(child, raw);
      else if (name == "links")
        links(child, "link", raw.links);
      else if (name == "attachments")
        links(child, "attachment", raw.attachments);
      else if (name == "recording")
        recording(child, raw);
      else if (name == "video_download_url") {
        if (!text(child).empty()) raw.extra["video_download_url"] = json_quoted(text(child));
      } else if (name == "tag" || name == "tags")
        raw.tags.push_back(tidy_line(text(child)));
      else
        unknown(child, "event", raw.extra);
    }
    if (!room.empty()) {
      if (!raw.room.empty() && tidy_line(raw.room) != tidy_line(room))
        raw_.oddities.push_back({"room disagrees", raw.place + "/room",
                                 "The session says “" + ellipsis(raw.room, 60) + "” but stands in “" + ellipsis(room, 60) + "”, which was taken."});
      raw.room = room;
    }
    raw_.events.push_back(std::move(raw));
  }

  void persons(const pugi::xml_node& list, RawEvent& raw) {
    for (const pugi::xml_node& node : list.children()) {
      if (node.type() != pugi::node_element) continue;
      RawPerson person{.place = line_of(node) + ": event/persons/person",
                       .guid = node.attribute("guid").value(),
                       .id = node.attribute("id").value(),
                       .code = node.attribute("code").value()};
      person.name = text(node);
      for (const pugi::xml_attribute& attribute : node.attributes())
        if (const std::string_view name = attribute.name(); name != "guid" && name != "id" && name != "code")
          person.extra["@" + std::string(name)] = json_quoted(attribute.value());
      raw.persons.push_back(std::move(person));
    }
  }

  static void links(const pugi::xml_node& list, const char* name, std::vector<Link>& links) {
    for (const pugi::xml_node& node : list.children(name)) {
      const std::string title = text(node);
      std::string href = node.attribute("href").value();
      if (href.empty()) href = title;
      if (trim(href).empty()) continue;
      Link link{href, title == href ? "" : title, LinkKind::related};
      for (int kind = 0; kind <= static_cast<int>(LinkKind::activitypub); ++kind)
        if (name_of(static_cast<LinkKind>(kind)) == ascii_lower(node.attribute("type").value())) link.kind = static_cast<LinkKind>(kind);
      links.push_back(std::move(link));
    }
  }

  void recording(const pugi::xml_node& node, RawEvent& raw) {
    for (const pugi::xml_node& child : node.children()) {
      if (child.type() != pugi::node_element) continue;
      const std::string_view name = child.name();
      const std::string words = text(child);
      if (name == "license")
        raw.license = words;
      else if (name == "optout") {
        const std::string word = ascii_lower(trim(words));
        raw.do_not_record = word == "true" || word == "1";
        if (word != "true" && word != "false" && word != "1" && word != "0")
          raw_.oddities.push_back(
              {"optout is neither true nor false", line_of(child) + ": event/recording/optout", "“" + ellipsis(words, 40) + "” was read as false."});
      } else if (!words.empty()) {
        raw.extra["recording." + std::string(name)] = json_quoted(words);
      }
    }
  }

  RawSchedule& raw_;
  std::vector<std::size_t> line_ends_;
};

}  // namespace

Result<Imported> read_schedule_xml(std::string_view bytes) {
  RawSchedule raw;
  const auto converted = converted_xml(bytes);
  if (converted) {
    bytes = converted->text;
    raw.oddities.push_back({"not UTF-8", "line 1", "The file is in " + converted->encoding + "; it was converted."});
  }
  TRY(check_bytes(bytes, "a schedule.xml"));
  try {
    pugi::xml_document document;
    const pugi::xml_parse_result parsed = document.load_buffer(bytes.data(), bytes.size(), pugi::parse_default, pugi::encoding_utf8);
    if (!parsed) {
      const auto offset = static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(parsed.offset, 0, static_cast<std::ptrdiff_t>(bytes.size())));
      if (parsed.status == pugi::status_no_document_element) return fail_at("line 1, column 1", "This is not a schedule.xml: it has no XML elements.");
      const bool cut = !trim(bytes).ends_with("</schedule>");
      return fail_at(line_and_column(bytes, offset), cut ? "The file ends in the middle: it was cut off, or is not XML." : "The file is not XML from here on.");
    }
    Reader reader(bytes, raw);
    const pugi::xml_node root = document.document_element();
    TRY(reader.check_depth(root));
    reader.count_ampersands(bytes);
    if (std::string_view(root.name()) != "schedule") return fail_at(reader.line_of(root), "This is not a schedule.xml: its root element is not “schedule”.");
    const pugi::xml_node conference = root.child("conference");
    if (!conference && !root.child("day")) return fail_at(reader.line_of(root), "This is not a schedule.xml: it has neither a conference nor days.");
    raw.place = reader.line_of(root) + ": conference";
    reader.conference(conference);
    if (!conference) raw.oddities.push_back({"no conference", reader.line_of(root), "The file does not tell of its conference."});
    for (const pugi::xml_node& child : root.children()) {
      if (child.type() != pugi::node_element) continue;
      const std::string_view name = child.name();
      if (name == "day")
        reader.day(child);
      else if (name == "version")
        raw.version = Reader::text(child);
      else if (name == "url" && raw.url.empty())
        raw.url = Reader::text(child);
      else if (name != "conference" && name != "generator" && name != "url")
        reader.unknown(child, "schedule", raw.extra);
    }
    Carried carried = carried_by(Format::schedule_xml);
    // Neither is in the schema; some write them all the same.
    if (!raw.description.empty()) carried.without.erase("conference.subtitle");
    if (std::ranges::all_of(raw.events, [](const RawEvent& event) { return event.tags.empty(); })) carried.without.insert("talk.tags");
    TRY_ASSIGN(Imported imported, assemble(std::move(raw)));
    imported.carried = std::move(carried);
    return imported;
  } catch (const std::exception& e) {
    return fail(ErrorCode::invalid, "The file cannot be read as XML.", e.what());
  }
}

}  // namespace confer::programme
