// confer demo.
#include "app/demo.h"
#include <iostream>
#include "app/commands/commands.h"
#include "app/progress_line.h"

namespace confer::app {

int run_demo(Installation& here, const std::string& day) {
  const auto today = day.empty() ? demo_day(Clock::system().now()) : parse_date(day);
  if (!today) return report_error(today.error());
  ProgressLine progress;
  auto numbers = load_demo(here, *today, progress.teller());
  if (!numbers) return report_error(numbers.error());
  std::cout << "Loaded " << numbers->events << " events with " << numbers->talks << " talks, " << numbers->slots << " slots and " << numbers->people
            << " people.\n";
  return 0;
}

}  // namespace confer::app
