// What a request to the API asks for besides its path, and the form of every answer.
#pragma once
#include <cstddef>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include "base/json_writer.h"
#include "events/events.h"
#include "http/message.h"
#include "people/web.h"

namespace confer::api {

/// The query, checked.
struct Asked {
  std::string language;  ///< of `lang`; empty: all languages
  std::size_t limit = 0;
  std::string after;  ///< the key of the last item that was read
  bool draft = false;
  std::string release;  ///< empty: the current one

  /// `known`: the names that this resource takes besides `lang`. Errors: invalid – another name, one given twice, or a value that cannot be.
  static Result<Asked> read(const http::Request& request, std::initializer_list<std::string_view> known = {});
};
inline constexpr std::size_t most_items = 1000;

/// The path of a resource, its variable parts percent-encoded: resource({"events", slug}) → "/api/v1/events/…".
std::string resource(std::initializer_list<std::string_view> segments);

/// JSON that pages of any origin may read; what a token or session brought is kept out of shared caches.
http::Response answer(const http::Request& request, std::string json);

/// The event of the path. Errors: not_found – also when its API is switched off and the actor does not belong to it.
Result<events::Event> require_event(db::Tx& tx, const http::Request& request);
/// Whether the actor may know of the event through the API.
bool is_visible(const Actor& actor, const events::Event& event);

/// A list in pages. `items` come in the order of their keys, which are unique and never change for a thing: so nothing is seen twice or missed, whatever
/// changes between two pages.
class Pages {
 public:
  Pages(const http::Request& request, const Asked& asked);
  /// Calls `write` when the item belongs on this page. Keys must come in ascending order.
  void item(std::string_view key, const std::function<void(JsonWriter&)>& write);
  /// {"items": […], "next": the path of the next page or null}, and the same as a Link header (RFC 8288).
  http::Response finish();

 private:
  const http::Request& request_;
  const Asked& asked_;
  JsonWriter out_;
  std::size_t count_ = 0;
  std::string last_;
  bool more_ = false;
};

}  // namespace confer::api
