// An organiser of the sample event, who asks for pages as the gate passes requests on.
#pragma once
#include <gtest/gtest.h>
#include <algorithm>
#include <map>
#include <memory>
#include "base/embedded.h"
#include "base/text.h"
#include "events/organiser_pages.h"
#include "html/template.h"
#include "sample.h"

namespace confer::site {

using sample::Sample;
using test::ok;

using Form = std::vector<std::pair<std::string, std::string>>;
using Names = std::map<std::string, std::string, std::less<>>;

class OrganiserPagesTest : public test::DatabaseTest {
 protected:
  void SetUp() override {
    DatabaseTest::SetUp();
    if (IsSkipped()) return;
    ok(html::use_catalogues(embedded::catalogues()));
    html::use_templates(embedded::templates());
    clock().set(parse_instant("2027-05-04T08:10:00Z").value());  // 10:10 in Berlin: the keynote runs
    sample_ = std::make_unique<Sample>(db(), folder_.path());
  }
  const Web& web() { return sample_->web(); }
  /// An organiser of the event, as the gate passes the request on.
  http::Request request(Names route = {}, Form form = {}) {
    http::Request r;
    r.language = "en";
    r.method = form.empty() ? http::Method::get : http::Method::post;
    r.received = clock().now();
    r.route = std::move(route);
    r.route.emplace("event", "harbour-2027");
    for (auto& [name, value] : form) r.form.add(name, value);
    r.actor = std::make_shared<const Actor>(member_of(sample_->id()));
    return r;
  }
  static Actor member_of(EventId event) {
    Actor actor;
    actor.system = "test";
    actor.memberships = {{.series = {}, .event = event, .rights = {Right::organise, Right::programme}, .limited_to_tracks = false, .tracks = {}}};
    return actor;
  }
  static std::string location(const http::Response& response) {
    for (const auto& [name, value] : response.headers_)
      if (ascii_lower(name) == "location") return value;
    return {};
  }
  static bool shows(const http::Response& response, std::string_view text) { return response.body_.contains(text); }
  programme::Programme released() {
    auto tx = ok(db().begin_read());
    return ok(programme::current_programme(tx, ok(events::require_event(tx, sample_->id())), "")).value();
  }
  std::vector<programme::DraftSlot> slots() {
    auto tx = ok(db().begin_read());
    return ok(programme::list_slots(tx, ok(events::require_event(tx, sample_->id()))));
  }
  /// The number of the released session of that title.
  std::string number_of(std::string_view title) {
    const auto p = released();
    for (const auto& slot : p.slots)
      if (programme::title_of(p, slot, "en") == title) return std::to_string(slot.number);
    return "0";
  }
  programme::Slot slot_of(std::string_view title) {
    const auto p = released();
    for (const auto& slot : p.slots)
      if (programme::title_of(p, slot, "en") == title) return slot;
    return {};
  }
  test::TestFolder folder_;
  std::unique_ptr<Sample> sample_;
};

}  // namespace confer::site
