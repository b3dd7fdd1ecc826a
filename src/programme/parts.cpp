// The talks of a block's parts (parts.h).
#include "programme/parts.h"
#include <algorithm>
#include <map>
#include <set>
#include "base/json_writer.h"
#include "base/random.h"
#include "base/text.h"
#include "journal/journal.h"
#include "people/who.h"
#include "programme/programme.h"
#include "talks/talks.h"

namespace confer::programme {
namespace {

using Key = std::pair<TalkId, std::string>;  ///< block and anchor

/// Whom a name means at this event; a name that several people have, or nobody, means nobody.
class Names {
 public:
  void add(const talks::Talk& talk) {
    for (const auto& credit : talk.credits)
      if (credit.person && !credit.name.empty()) people_[fold(credit.name)].insert(credit.person);
  }
  PersonId person(std::string_view name) const {
    const auto found = people_.find(fold(name));
    return found == people_.end() || found->second.size() != 1 ? PersonId{} : *found->second.begin();
  }

 private:
  std::map<std::string, std::set<PersonId>> people_;
};

std::vector<talks::Credit> credits_for(const Part& part, const std::vector<talks::Credit>& before, const Names& names) {
  std::vector<talks::Credit> credits;
  for (const auto& name : part.speakers) {
    const auto known = std::ranges::find(before, name, &talks::Credit::name);
    if (known != before.end())
      credits.push_back(*known);
    else
      credits.push_back({.person = names.person(name), .person_code = {}, .name = name, .guid = {}, .biography = {}, .avatar_url = {}, .extra = {}});
  }
  return credits;
}

talks::Talk new_part(const talks::Talk& block, const std::string& anchor) {
  talks::Talk talk;
  talk.event = block.event;
  talk.part_of = block.id;
  talk.part_anchor = anchor;
  talk.guid = name_uuid(block.guid, "part:" + anchor);
  talk.track = block.track;
  talk.type = block.type;
  talk.language = block.language;
  talk.license = block.license;
  return talk;
}

class Following {
 public:
  Following(db::Tx& tx, const events::Event& event) : tx_(tx), event_(event) {}

  Result<FollowedParts> run() {
    TRY_ASSIGN(auto plan, current_programme(tx_, event_, ""));
    if (!plan) {
      TRY_ASSIGN(plan, load_draft(tx_, event_, ""));
    }
    TRY_ASSIGN(known_, talks::list_parts(tx_, event_.id, talks::Parts::with_removed));
    const bool has_parts = std::ranges::any_of(plan->slots, [](const Slot& slot) { return !slot.parts.empty(); });
    if (!has_parts && known_.empty()) return done_;
    TRY_ASSIGN(const auto present, talks::list_parts(tx_, event_.id));
    for (const auto& part : present) present_.insert(part.id);
    TRY_ASSIGN(const auto blocks, talks::list_talks(tx_, event_.id));
    for (const auto& list : {&blocks, &present})
      for (const auto& talk : *list) names_.add(talk);
    std::set<Key> planned;
    for (const auto& slot : plan->slots) {
      const auto block = std::ranges::find(blocks, slot.talk, &talks::Talk::code);
      if (slot.talk.empty() || block == blocks.end()) continue;
      for (const auto& part : slot.parts)
        if (planned.insert({block->id, part.anchor}).second) TRY(follow(*block, part));
    }
    for (const auto& talk : known_) {
      if (!present_.contains(talk.id) || planned.contains({talk.part_of, talk.part_anchor})) continue;
      TRY(talks::put_away(tx_, event_.id, talk.id));
      ++done_.removed;
    }
    return tell();
  }

 private:
  Result<void> follow(const talks::Talk& block, const Part& part) {
    const auto found = std::ranges::find_if(known_, [&](const talks::Talk& t) { return t.part_of == block.id && t.part_anchor == part.anchor; });
    talks::Talk talk = found == known_.end() ? new_part(block, part.anchor) : *found;
    const talks::Talk before = talk;
    talk.title = tidy_line(part.title);
    talk.credits = credits_for(part, before.credits, names_);
    if (!talk.id) {
      TRY_ASSIGN(const auto codes, talks::codes_for(tx_, {talk.guid}));
      talk.code = codes.front();
      ++done_.added;
    } else if (!present_.contains(talk.id)) {
      TRY(talks::bring_back(tx_, event_.id, talk.id));
      ++talk.version;
      done_.returned.push_back(talk.id);
    } else if (talk.title == before.title && talk.credits == before.credits) {
      return {};
    } else {
      ++done_.changed;
    }
    TRY(talks::put_talk(tx_, event_, std::move(talk)));
    return {};
  }

  Result<FollowedParts> tell() {
    if (done_.added + done_.changed + done_.removed > 0 || !done_.returned.empty())
      TRY(journal::record(tx_, who(system_actor("programme")), "parts.followed", event_.series.value, event_.id.value, "event:" + event_.slug,
                          JsonWriter()
                              .begin_object()
                              .field("added", done_.added)
                              .field("changed", done_.changed)
                              .field("removed", done_.removed)
                              .field("returned", static_cast<std::int64_t>(done_.returned.size()))
                              .end_object()
                              .take()));
    return done_;
  }

  db::Tx& tx_;
  const events::Event& event_;
  std::vector<talks::Talk> known_;  ///< removed ones too
  std::set<TalkId> present_;
  Names names_;
  FollowedParts done_;
};

}  // namespace

Result<FollowedParts> follow_parts(db::Tx& tx, const events::Event& event) { return Following(tx, event).run(); }

}  // namespace confer::programme
