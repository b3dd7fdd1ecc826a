// confer demo.
#include "app/demo.h"
#include <iostream>
#include "app/commands/commands.h"
#include "app/progress_line.h"

namespace confer::app {

int run_demo(Installation& here, const std::string& day) {
  // The demonstration is in Vienna's time: its "today" begins and ends there.
  auto zone = Zone::find("Europe/Vienna");
  if (!zone) return report_error(zone.error());
  Date today = std::chrono::floor<std::chrono::days>(zone->to_wall(Clock::system().now()));
  if (!day.empty()) {
    auto given = parse_date(day);
    if (!given) return report_error(given.error());
    today = *given;
  }
  ProgressLine progress;
  auto numbers = load_demo(here, today, progress.teller());
  if (!numbers) return report_error(numbers.error());
  std::cout << "Loaded " << numbers->events << " events with " << numbers->talks << " talks, " << numbers->slots << " slots and " << numbers->people
            << " people.\n";
  return 0;
}

}  // namespace confer::app
