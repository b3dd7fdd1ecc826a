// All documents of one event from its content: pure, no database.
#pragma once
#include <string>
#include <utility>
#include <vector>
#include "html/page.h"
#include "site/content.h"
#include "site/document.h"
#include "site/pack.h"
#include "site/pages.h"

namespace confer::site {

using Headers = std::vector<std::pair<std::string, std::string>>;

/// What each of the newest releases changed; the current programme is content's own.
Result<std::vector<ReleaseNote>> read_release_notes(db::Tx& tx, const Content& content);
/// Every page and file, but those of `render_moments`.
Documents render_documents(const html::Chrome& chrome, const Content& content, const std::vector<ReleaseNote>& notes);
/// The pages that depend on the time of day: front page, "/schedule" (today's), now & next.
Documents render_moments(const html::Chrome& chrome, const Content& content);
/// The next moment at which `render_moments` would say something else. Instant::max() when there is none.
Instant next_edge(const Content& content);
/// Compressed on two threads. `headers` go with every page; exports get their own. What `before` has with the same bytes is taken from there as it is,
/// with its compressed forms and its date: it has not changed.
ReadyMap make_ready_map(Documents documents, const Headers& headers, const ReadyMap* before = nullptr);
/// The service worker's list, revision.json and the sitemap, which name the others and their hashes.
Documents render_lists(const Content& content, const ReadyMap& ready);

}  // namespace confer::site
