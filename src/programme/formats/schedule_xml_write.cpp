// Writes schedule.xml: valid against c3voc's XSD, every element present even when empty, so that strict readers find what they ask for.
#include <algorithm>
#include <string>
#include <string_view>
#include "programme/format.h"
#include "programme/formats/export.h"

namespace confer::programme {
namespace {

/// Appends elements; text is escaped here and must have come through `clean_text` or `clean_line`.
class XmlWriter {
 public:
  XmlWriter() : out_("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n") {}

  XmlWriter& open(std::string_view name) {
    close_tag();
    indent();
    out_ += '<';
    out_ += name;
    in_tag_ = true;
    ++depth_;
    return *this;
  }
  XmlWriter& attribute(std::string_view name, std::string_view value) {
    out_ += ' ';
    out_ += name;
    out_ += "=\"";
    escape(value, true);
    out_ += '"';
    return *this;
  }
  /// Ends an element that has no text.
  XmlWriter& close(std::string_view name) {
    --depth_;
    if (in_tag_) {
      out_ += "/>\n";
      in_tag_ = false;
    } else {
      indent();
      end(name);
    }
    return *this;
  }
  /// The text of the element just opened, and its end.
  XmlWriter& text_and_close(std::string_view name, std::string_view text) {
    --depth_;
    in_tag_ = false;
    if (text.empty()) {
      out_ += "/>\n";
      return *this;
    }
    out_ += '>';
    escape(text, false);
    end(name);
    return *this;
  }
  XmlWriter& element(std::string_view name, std::string_view text) { return open(name).text_and_close(name, text); }
  /// Left out when empty: an address must be absolute or absent.
  XmlWriter& address(std::string_view name, const std::string& url) {
    if (!url.empty()) element(name, url);
    return *this;
  }
  std::string take() { return std::move(out_); }

 private:
  void indent() { out_.append(static_cast<std::size_t>(depth_) * 2, ' '); }
  void close_tag() {
    if (in_tag_) out_ += ">\n";
    in_tag_ = false;
  }
  void end(std::string_view name) {
    out_ += "</";
    out_ += name;
    out_ += ">\n";
  }
  void escape(std::string_view text, bool in_attribute) {
    for (const char c : text) {
      switch (c) {
        case '&':
          out_ += "&amp;";
          break;
        case '<':
          out_ += "&lt;";
          break;
        case '>':
          out_ += "&gt;";
          break;
        case '"':
          in_attribute ? out_ += "&quot;" : out_ += c;
          break;
        case '\n':
        case '\t':
          // A reader turns a bare one in an attribute into a space.
          in_attribute ? out_ += (c == '\n' ? "&#10;" : "&#9;") : out_ += c;
          break;
        default:
          out_ += c;
      }
    }
  }

  std::string out_;
  int depth_ = 0;
  bool in_tag_ = false;
};

bool is_xsd_code(std::string_view code) {
  return code.size() == 6 && std::ranges::all_of(code, [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
}

void write_links(XmlWriter& w, const Conference& conference, std::string_view list, std::string_view item, const std::vector<Link>& links) {
  w.open(list);
  for (const Link& link : links) {
    const std::string url = link_url(conference, link.url), title = clean_line(link.title);
    if (!url.empty()) w.open(item).attribute("href", url).attribute("type", name_of(link.kind)).text_and_close(item, title.empty() ? url : title);
  }
  w.close(list);
}

void write_event(XmlWriter& w, const Outline& outline, const Session& session) {
  static const Talk none;
  const Talk& talk = session.talk ? *session.talk : none;
  w.open("event").attribute("guid", session.guid).attribute("id", std::to_string(session.id));
  if (session.first && is_xsd_code(talk.code)) w.attribute("code", talk.code);
  w.element("room", session.room->name).element("title", session.title).element("subtitle", clean_line(talk.subtitle));
  w.element("type", session.type).element("date", rfc3339(outline.zone, session.from)).element("start", clock_text(session.start));
  w.element("duration", hours_minutes(std::chrono::floor<minutes>(session.to - session.from)));
  w.element("abstract", clean_text(talk.abstract)).element("slug", session.slug).element("track", session.track ? session.track->name : "");
  w.element("logo", absolute_url(talk.logo_url)).element("language", clean_line(talk.language)).element("description", clean_text(talk.description));
  w.open("recording").element("license", clean_line(talk.license)).element("optout", talk.do_not_record ? "true" : "false").close("recording");
  w.open("persons");
  for (const Credit& credit : talk.credits) {
    const Line person = outline.person(credit);
    w.open("person").attribute("id", std::to_string(person.id)).attribute("guid", person.guid).text_and_close("person", person.name);
  }
  w.close("persons");
  write_links(w, outline.programme.conference, "links", "link", talk.links);
  write_links(w, outline.programme.conference, "attachments", "attachment", talk.attachments);
  w.address("url", absolute_url(session.url)).address("feedback_url", absolute_url(talk.feedback_url)).address("origin_url", absolute_url(talk.origin_url));
  w.close("event");
}

void write_conference(XmlWriter& w, const Outline& outline) {
  const Conference& c = outline.programme.conference;
  w.open("conference").element("acronym", outline.acronym).element("title", outline.title).element("start", to_text(c.start)).element("end", to_text(c.end));
  w.element("days", std::to_string(outline.days.size())).element("timeslot_duration", "00:05");
  w.address("base_url", outline.url.empty() ? "" : outline.url + "/").address("url", outline.url).element("time_zone_name", clean_line(c.zone));
  if (const std::string color = safe_color(c.color); !color.empty()) w.open("color").attribute("primary", color).close("color");
  for (const TrackLine& track : outline.tracks) {
    w.open("track").attribute("name", track.name).attribute("slug", track.slug);
    if (!track.color.empty()) w.attribute("color", track.color);
    w.close("track");
  }
  w.close("conference");
}

}  // namespace

std::string write_schedule_xml(const Programme& p, const Generator& g) {
  const Outline outline(p, {});
  XmlWriter w;
  w.open("schedule");
  w.open("generator")
      .attribute("name", clean_line(g.name))
      .attribute("system", clean_line(g.url))
      .attribute("version", clean_line(g.version))
      .close("generator");
  w.address("url", outline.url.empty() ? "" : outline.url + "/schedule.xml").element("version", outline.version);
  write_conference(w, outline);
  for (const Day& day : outline.days) {
    w.open("day").attribute("index", std::to_string(day.index)).attribute("date", to_text(day.date));
    w.attribute("start", rfc3339(outline.zone, day.from)).attribute("end", rfc3339(outline.zone, day.to));
    const RoomLine* room = nullptr;
    for (const Session& session : day.sessions) {
      if (session.room != room) {
        if (room) w.close("room");
        room = session.room;
        w.open("room").attribute("name", room->name).attribute("guid", room->guid);
      }
      write_event(w, outline, session);
    }
    if (room) w.close("room");
    w.close("day");
  }
  w.close("schedule");
  return w.take();
}

}  // namespace confer::programme
