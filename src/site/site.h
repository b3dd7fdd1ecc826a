// The public site: pages and exports of what is released, rendered once into bytes.
#pragma once
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>
#include "db/database.h"
#include "http/message.h"
#include "ids/ids.h"
#include "people/web.h"

namespace confer::site {

/// Everything that is the same for everybody, by path ("/pycon-2027/schedule", "/de/pycon-2027/schedule", "/pycon-2027/schedule.json").
///
/// An event's pages are made together from one read transaction and swapped in one step: nobody sees a half. A document whose bytes did not change stays
/// what it was. They are kept on disk under `<data>/rendered/`, keyed by a hash of their inputs, so that a start needs no rendering. Present events are
/// always in memory; past ones sleep until somebody asks (`wake`), and sleep again when nobody does. Those that are only archived are not here at all:
/// archive_pages.h makes theirs one by one. Thread-safe; `find` does not block on rendering.
class RenderedSite {
 public:
  /// `headers` go with every page (the same as http::Application::common_headers); exports and data get their own.
  explicit RenderedSite(const Web& web, std::vector<std::pair<std::string, std::string>> headers = {});
  ~RenderedSite();
  /// At the start: home, and the present events that are kept on disk. What must be rendered sleeps: `bring_present` comes to it, or the first who asks.
  Result<void> load();
  /// The pages of these events, and of those that show them (editions, summits), each once however many changes there were; then home.
  Result<void> render_events(const std::vector<EventId>& events);
  Result<void> render_event(EventId event) { return render_events({event}); }
  /// Home and series pages alone.
  Result<void> render_home();
  /// Now-and-next pages of events that run today: called each minute, renders only when a slot's edge was passed.
  Result<void> render_now(Instant now);
  /// Null when the path is none of them, or its event sleeps.
  std::shared_ptr<const http::Ready> find(std::string_view path) const;
  /// The same for a handler, which may wait: an event that sleeps is brought from disk, or else rendered.
  Result<std::shared_ptr<const http::Ready>> wake(std::string_view path);
  /// Whether a public page of the event shows an uploaded file: its talk is in the current release, and public there, with the file.
  Result<bool> shows_file(EventId event, std::string_view code);
  /// One of the present events that the start left out. False when none is left. Who asks for its pages waits for it: not for a thread of low priority.
  Result<bool> bring_present();
  /// One piece of what nobody waits for: what must be written to disk, thorough compression, and sleep for events of the past that nobody asked for in half an
  /// hour. False when nothing is left. For a thread of low priority; a stop is heeded after the document in work.
  Result<bool> do_what_can_wait(const std::stop_token& stop = {});
  /// How many documents, and how many bytes all forms take.
  struct Numbers {
    std::size_t documents = 0;
    std::uint64_t bytes = 0;
  };
  Numbers numbers() const;
  /// What goes with every page.
  const std::vector<std::pair<std::string, std::string>>& headers() const;
  /// The paths of all documents in memory, sorted: for checks and for counting.
  std::vector<std::string> paths() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Removes what is kept of an event on disk: before personal data is erased, so that no crash in between can bring it back at the next start.
void forget_kept(const std::string& data_dir, std::string_view slug);

// ---- search

/// The kind of an indexed talk; its key is the talk's code.
inline constexpr std::string_view talk_document = "talk";
/// Replaces what search finds of an event by the talks that its pages show; nothing before the first release. Called in the transaction of what changed them.
Result<void> index_event(db::Tx& tx, EventId event);

/// What search finds and nobody may see, or what is no more: a sentence each.
Result<std::vector<std::string>> check(db::Tx& tx);

// ---- pages that are made on demand
Result<http::Response> search_page(const Web& web, http::Request& request);       ///< GET /{event}/search?q=
Result<http::Response> old_release_page(const Web& web, http::Request& request);  ///< GET /{event}/releases/{name}
Result<http::Response> old_release_export(
    const Web& web, http::Request& request);  ///< GET /{event}/releases/{name}/{file}, …/{kind}/{file}: schedule.json and its like, calendars
Result<http::Response> talk_redirect(const Web& web, http::Request& request);  ///< GET /{event}/talks/{code}: to the address with the present slug
/// GET /files/{file}/{name}: for everybody when a public page shows it, else for those who may change its talk. Errors: not_found; gone – erased for good.
Result<http::Response> talk_file(const Web& web, RenderedSite& site, http::Request& request);
Result<http::Response> text_schedule(const Web& web, http::Request& request);  ///< GET /{event}/schedule.txt?width=

}  // namespace confer::site
