// The program compiles a template when it is first asked for: that none is unsound is seen here.
#include <gtest/gtest.h>
#include "app/installation.h"
#include "html/template.h"
#include "support/database.h"

namespace confer::app {
namespace {

TEST(Templates, all_when_compiled_in_every_language_then_sound) {
  test::ok(load_templates());
  EXPECT_GT(html::template_names().size(), 100U);
  test::ok(html::compile_templates());
}

}  // namespace
}  // namespace confer::app
