// confer demo.
#include "app/demo.h"
#include <iostream>
#include "app/commands/commands.h"
#include "app/demo_recordings.h"
#include "app/progress_line.h"
#include "base/text.h"

namespace confer::app {

int run_demo(Installation& here, const std::string& day, bool with_recordings) {
  const auto today = day.empty() ? demo_day(Clock::system().now()) : parse_date(day);
  if (!today) return report_error(today.error());
  ProgressLine progress;
  auto numbers = load_demo(here, *today, progress.teller());
  if (!numbers) return report_error(numbers.error());
  std::cout << "Loaded " << numbers->events << " events with " << numbers->talks << " talks, " << numbers->slots << " slots and " << numbers->people
            << " people.\n";
  if (!with_recordings) return 0;
  // The demonstration is loaded without them, too: a machine without ffmpeg shows everything else.
  const auto recorded = make_demo_recordings(here, *today);
  if (!recorded)
    std::cout << "There are no recordings to try: " << recorded.error().message << "\n";
  else
    std::cout << "Made recordings of “" << join(*recorded, "” and “") << "”.\n";
  return 0;
}

}  // namespace confer::app
