// confer sync.
#include "app/sync.h"
#include <iostream>
#include "app/commands/commands.h"
#include "app/progress_line.h"
#include "events/events.h"
#include "programme/sync.h"

namespace confer::app {
namespace {

Result<std::vector<events::Event>> followed(Installation& here, const std::string& slug) {
  TRY_ASSIGN(auto tx, here.db->begin_read());
  std::vector<events::Event> out;
  if (!slug.empty()) {
    TRY_ASSIGN(auto event, events::require_event(tx, slug));
    out.push_back(std::move(event));
    return out;
  }
  TRY_ASSIGN(auto all, events::list_events(tx));
  for (auto& event : all) {
    TRY_ASSIGN(auto source, programme::find_sync_source(tx, event.id));
    if (source && source->enabled) out.push_back(std::move(event));
  }
  return out;
}

}  // namespace

int run_sync(Installation& here, const std::string& slug) {
  auto events = followed(here, slug);
  if (!events) return report_error(events.error());
  if (events->empty()) std::cerr << "No event follows an address: set one on its page “Follow an address”.\n";
  int code = 0;
  for (const auto& event : *events) {
    ProgressLine progress;
    auto done = sync_event(here, event.id, programme::SyncMode::import, progress.teller());
    if (done)
      std::cout << event.slug << ": " << *done << "\n";
    else
      code = report_error(done.error(), event.slug);
  }
  return code;
}

}  // namespace confer::app
