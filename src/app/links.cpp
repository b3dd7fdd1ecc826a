// Checking links (links.h).
#include "app/links.h"
#include <algorithm>
#include "base/log.h"

namespace confer::app {

recordings::LinkCheckSettings link_settings(const Config& config) {
  recordings::LinkCheckSettings settings;
  settings.pause = std::chrono::milliseconds(config.link_pause_ms);
  settings.private_networks = config.outbound_private;
  const std::string contact = config.link_contact.empty() ? config.public_url() : config.link_contact;
  settings.user_agent = "Confer-LinkCheck/" CONFER_VERSION " (looks whether linked videos are still there; " + contact + ")";
  return settings;
}

Result<void> check_links_job(Installation& here, jobs::Running& running) {
  const auto check = recordings::link_check_of_json(running.job().input);
  TRY_ASSIGN(const auto sums, recordings::check_links(
                                  *here.db, check, link_settings(here.config),
                                  [&running](std::string_view, std::int64_t done, std::int64_t of) {
                                    if (of > 0) running.progress(std::min(1.0, static_cast<double>(done) / static_cast<double>(of)));
                                  },
                                  [&running] { return running.stopping(); }));
  if (running.stopping()) return fail(ErrorCode::unavailable, "The check of links goes on later.");
  log(LogTopic::jobs, "links checked",
      {{"looked_at", sums.looked_at}, {"there", sums.there}, {"missing", sums.missing}, {"unclear", sums.unclear}, {"gone", sums.gone}});
  return {};
}

}  // namespace confer::app
