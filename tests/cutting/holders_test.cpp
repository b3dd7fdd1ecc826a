// Who has a cut, on both databases.
#include "cutting/holders.h"
#include "cutting/cutting_fixture.h"

namespace confer::cutting {
namespace {

class HoldersTest : public CuttingTest {
 protected:
  std::string told() {
    auto tx = ok(db().begin_read());
    return in_words(ok(holders_of(tx, event.id)), cut());
  }
  Actor member(const char* name) {
    auto tx = ok(db().begin_write());
    const auto person = ok(people::add_person(tx, {.name = name, .biography = {}, .avatar_url = {}, .contact_email = {}}));
    ok(tx.commit());
    Actor actor = organiser;
    actor.person = person.id;
    actor.name = name;
    return actor;
  }
  void taken_by(const Actor& actor) {
    auto tx = ok(db().begin_write());
    ok(take(tx, actor, event, cut()));
    ok(tx.commit());
  }
};
ON_BOTH_DATABASES(HoldersTest);

TEST_P(HoldersTest, cut_when_taken_then_one_has_it_until_it_is_let_go_or_published) {
  ready();
  EXPECT_EQ(told(), "");
  const auto mia = member("Mia Muster"), noa = member("Noa Neu");
  taken_by(mia);
  EXPECT_EQ(told(), "Mia Muster");
  taken_by(noa);
  EXPECT_EQ(told(), "Noa Neu");
  {
    auto tx = ok(db().begin_write());
    ok(add_link(tx, organiser, event, cut(), {.person = {}, .name = "Zoe", .is_speaker = true}));
    ok(add_link(tx, organiser, event, cut(), {.person = {}, .name = "Ada", .is_speaker = true}));
    ok(tx.commit());
  }
  EXPECT_EQ(told(), "Noa Neu; asked: Ada, Zoe");
  {
    auto tx = ok(db().begin_write());
    ok(revoke_link(tx, organiser, event, cut(), ok(links_of(tx, cut().id)).front().id));
    ok(let_go(tx, noa, event, cut()));
    ok(tx.commit());
  }
  EXPECT_EQ(told(), "asked: Ada");
  taken_by(mia);
  {
    auto tx = ok(db().begin_write());
    ok(erase_person(tx, mia.person));
    ok(tx.commit());
  }
  EXPECT_EQ(told(), "asked: Ada") << "who was erased has nothing";
}

TEST_P(HoldersTest, take_when_without_the_right_then_refused) {
  ready();
  auto tx = ok(db().begin_write());
  EXPECT_EQ(take(tx, Actor{}, event, cut()).error().code, ErrorCode::unauthenticated);
  EXPECT_EQ(let_go(tx, Actor{}, event, cut()).error().code, ErrorCode::unauthenticated);
}

}  // namespace
}  // namespace confer::cutting
