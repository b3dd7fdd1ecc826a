// What every page handler gets: the data, the surroundings of a page, and who asks.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>
#include "db/database.h"
#include "files/files.h"
#include "html/page.h"
#include "html/template.h"
#include "http/event_hub.h"
#include "http/message.h"
#include "http/uploads.h"
#include "people/people.h"
#include "people/rights.h"

namespace confer {

constexpr std::uint64_t default_file_bytes = 100'000'000;  ///< slides with many pictures; the same as the setting's default

/// Lives as long as the server. Handlers take it by reference.
struct Web {
  db::Database& db;
  files::Store& files;
  http::EventHub& events;
  html::Chrome chrome;     ///< draws header, navigation and footer around a page
  people::SignIn sign_in;  ///< how mail is sent, and this site's public address
  std::string data_dir;
  /// The released pages and exports of an event are to be rendered again: after a release, or a change of pages, rooms or banner.
  std::function<void(EventId)> programme_changed;
  http::ResumableUploads* uploads = nullptr;          ///< none: files come by the plain form only
  std::uint64_t max_file_bytes = default_file_bytes;  ///< of an uploaded file
  http::ResumableUploads* recordings = nullptr;       ///< the same for what recorders wrote, which is far larger
  std::string incoming, watched_root;                 ///< footage::Places
};

/// Who asks; anonymous when nobody is signed in.
const Actor& actor_of(const http::Request& request);

/// A personal page: the chrome around it, never cached, in the request's language. `page.language` and `signed_in_as` are filled here.
http::Response page_response(const Web& web, const http::Request& request, html::Page page);
/// The same for a form that is shown again with what is wrong in it.
http::Response rejected_response(const Web& web, const http::Request& request, html::Page page);
/// A page that tells of an error in its own words: the status is the error's.
http::Response failed_response(const Web& web, const http::Request& request, const Error& error, html::Page page);

/// What a redirect after a form says on the page it leads to: "?done=saved" → "Saved.", translated, from a table in web.cpp (an unknown key says nothing).
std::string notice_of(const http::Request& request);
/// Fills NOTICE (with NOTICE_TEXT) by `notice_of`: `{{>people/notice.html}}` draws it.
void show_notice(html::View& view, const http::Request& request);
/// For a form that is shown again. `{{>people/problems.html}}` draws the list on top; each problem of a field "contact_email" also fills the section
/// CONTACT_EMAIL_WRONG, everywhere in the template, with the value PROBLEM. Texts are translated. Problems are linked to `#field`.
void show_problems(html::View& view, const Error& error, std::string_view language);

}  // namespace confer
