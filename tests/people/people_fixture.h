// What the tests of people share: a database of their own, somebody in it, and the mails that were written.
#pragma once
#include <gtest/gtest.h>
#include <string>
#include <vector>
#include "mail/mail.h"
#include "people/actor_cache.h"
#include "people/people.h"
#include "support/database.h"

namespace confer::people {

using test::ok;
using namespace std::chrono_literals;

class PeopleTest : public test::DatabaseTest {
 protected:
  static constexpr std::string_view password = "seven quiet lighthouses";
  const SignIn context{.mail = {}, .base_url = "https://conf.example.org"};

  void TearDown() override {
    forget_actors();
    test::DatabaseTest::TearDown();
  }
  static Secret<std::string> secret(std::string_view text) { return Secret<std::string>(std::string(text)); }
  /// What is written in a transaction of its own.
  template <class Act>
  auto written(Act act) {
    auto tx = ok(db().begin_write());
    auto result = act(tx);
    ok(result);
    ok(tx.commit());
    if constexpr (requires { *result; }) return *std::move(result);
  }
  template <class Ask>
  auto read(Ask ask) {
    auto tx = ok(db().begin_read());
    return ok(ask(tx));
  }
  /// Newest last.
  std::vector<mail::Stored> mails() {
    auto list = read([](db::Tx& tx) { return mail::list_outbox(tx, 0, 100); });
    return {list.rbegin(), list.rend()};
  }
  /// The token of the link in the last mail.
  std::string mailed_token() {
    const std::string text = mails().back().text, before = "https://conf.example.org/sign-in/link?token=";
    const auto at = text.find(before);
    if (at == std::string::npos) throw std::runtime_error("no link in: " + text);
    return text.substr(at + before.size(), 43);
  }
  /// Signed up, confirmed and signed in: the session's token.
  std::string join(const std::string& email, const std::string& name) {
    ok(sign_up(db(), context, name, email, secret(password), "en"));
    return ok(use_sign_in_link(db(), mailed_token(), "Firefox, Linux", secret(password))).session_token.reveal();
  }
  Actor actor(const std::string& token) { return ok(actor_of_session(db(), token)); }
  SeriesId add_series(const std::string& slug) {
    return written([&](db::Tx& tx) {
      return tx.one<SeriesId>(db().dynamic("test/add_series", "INSERT INTO series (slug, title, created_at_ms) VALUES (:1, '{}', 0) RETURNING id"), slug);
    });
  }
  EventId add_event(SeriesId series, const std::string& slug) {
    return written([&](db::Tx& tx) {
      return tx.one<EventId>(
          db().dynamic("test/add_event",
                       "INSERT INTO events (series_id, slug, acronym, guid, kind, title, created_at_ms) VALUES (:1, :2, :2, :2, 0, '{}', 0) RETURNING id"),
          series, slug);
    });
  }
  TrackId add_track(EventId event, const std::string& code) {
    return written([&](db::Tx& tx) {
      return tx.one<TrackId>(
          db().dynamic("test/add_track", "INSERT INTO tracks (event_id, code, guid, name, color) VALUES (:1, :2, :2, '{}', '#000000') RETURNING id"), event,
          code);
    });
  }
  void grant_rights(PersonId person, const std::set<Right>& rights, SeriesId series = {}, EventId event = {}) {
    written([&](db::Tx& tx) { return grant(tx, person, rights, series, event); });
  }
};

/// The error of what must fail.
template <class T>
Error error_of(const Result<T>& result) {
  if (result) throw std::runtime_error("this succeeded");
  return result.error();
}

}  // namespace confer::people
