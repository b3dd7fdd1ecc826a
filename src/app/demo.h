// The demonstration: an invented series whose edition runs today, and PyCon US 2012 as real data.
#pragma once
#include <string>
#include <vector>
#include "app/installation.h"
#include "base/progress.h"

namespace confer::app {

struct DemoNumbers {
  int series = 0, events = 0, talks = 0, slots = 0, people = 0;
};
/// The day that it is, at `now`, where the demonstration takes place. Errors: internal – its zone is not known here.
Result<Date> demo_day(Instant now);
/// Loads demo/ (embedded; its README describes the layout) so that its running edition has `today` as its second day of talks, releases it,
/// and makes the account organiser@example.org with every right.
/// Errors: conflict – the installation has a series already; invalid – a file is not as the layout says (file and line).
Result<DemoNumbers> load_demo(Installation& here, Date today, const Progress& progress = {});

}  // namespace confer::app
