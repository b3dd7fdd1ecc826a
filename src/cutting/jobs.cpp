// Proposing, making and publishing (jobs.h). A job knows a cut and the plan it was asked for: when the cut has another plan by now, another job has it.
#include "cutting/jobs.h"
#include <unistd.h>
#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <span>
#include "base/json_writer.h"
#include "base/log.h"
#include "base/random.h"
#include "base/text.h"
#include "cutting/finished.h"
#include "cutting/notices.h"
#include "cutting/running.h"
#include "cutting/stage.h"
#include "cutting/store.h"
#include "html/template.h"
#include "journal/journal.h"
#include "people/who.h"
#include "recordings/recordings.h"
#include "recordings/tracks.h"
#include "talks/consent.h"

namespace confer::cutting {

const char* const preview_kind = "cutting.preview";
const char* const publish_kind = "cutting.publish";

namespace {

constexpr std::string_view not_allowed = html::translatable("The speakers do not allow it to be published.");

const Actor& machine() {
  static const Actor actor = system_actor("cutting");
  return actor;
}

struct Order {
  CutId cut;
  std::string key;
};
Order order_of(const jobs::Job& job) {
  const auto json = nlohmann::json::parse(job.input, nullptr, false);
  if (!json.is_object()) return {};
  return {CutId{json.value("cut", std::int64_t{0})}, json.value("plan", std::string())};
}

Result<void> queue(db::Tx& tx, const char* kind, const Cut& cut) {
  TRY(jobs::enqueue(tx, {.kind = kind,
                         .input = JsonWriter().begin_object().field("cut", cut.id.value).field("plan", key_of(cut.plan)).end_object().take(),
                         .event = cut.event.value,
                         .unique_key = std::string(kind) + ":" + std::to_string(cut.id.value) + ":" + key_of(cut.plan)}));
  return {};
}

/// What a job needs to know, read before it works for minutes.
struct Task {
  Cut cut;
  events::Event event;
  talks::Talk talk;
  talks::Consent consent{};  ///< of all that it shows
  std::vector<Input> inputs;
  std::string missing;    ///< the file that is not there
  std::string elsewhere;  ///< the file that only another machine can read
};

/// Registered as it was, or longer: what grows is as long as it was looked at, at least.
bool is_readable_here(const footage::MediaFile& file) {
  std::error_code error;
  const auto size = std::filesystem::file_size(file.path, error);
  return !error && size >= file.size_bytes && ::access(file.path.c_str(), R_OK) == 0;
}

Result<std::optional<Task>> task_of(const Workshop& shop, const jobs::Job& job, Stage stage) {
  const Order order = order_of(job);
  TRY_ASSIGN(auto tx, shop.db.begin_read());
  TRY_ASSIGN(auto cut, store::find(tx, order.cut));
  if (!cut || cut->stage != stage || key_of(cut->plan) != order.key) return std::nullopt;
  TRY_ASSIGN(auto event, events::find_event(tx, cut->event));
  if (!event) return std::nullopt;
  TRY_ASSIGN(auto talk, talks::find_talk(tx, cut->talk_code));
  if (!talk) return std::nullopt;  // a part that is not in the schedule any more: should it return, another job comes
  Task task{.cut = std::move(*cut), .event = std::move(*event), .talk = std::move(*talk), .consent = {}, .inputs = {}, .missing = {}, .elsewhere = {}};
  TRY_ASSIGN(task.consent, talks::whole_consent_of(tx, task.talk));
  TRY_ASSIGN(const auto files, footage::list_files(tx, task.event));
  for (const auto& source : task.cut.plan.sources) {
    const auto file = std::ranges::find(files, source.file, &footage::MediaFile::id);
    if (file == files.end() || file->state == footage::FileState::missing)
      task.missing = file == files.end() ? "A file that it is cut from was taken off the list." : "A file that it is cut from is not there any more.";
    else
      task.inputs.push_back({file->path, source.begins});
    if (shop.has_colleagues && file != files.end() && file->state != footage::FileState::missing && !is_readable_here(*file)) task.elsewhere = file->path;
  }
  return std::optional(std::move(task));
}

/// Changes the cut as it is by now, if it still waits for this job.
Result<void> settle(const Workshop& shop, const Task& task, const std::function<Result<void>(db::Tx&, Cut&)>& work) {
  TRY_ASSIGN(auto tx, shop.db.begin_write());
  TRY_ASSIGN(auto cut, store::find(tx, task.cut.id));
  if (!cut || cut->stage != task.cut.stage || key_of(cut->plan) != key_of(task.cut.plan)) return {};
  TRY(work(tx, *cut));
  TRY_ASSIGN(const bool done, store::change(tx, *cut));
  if (!done) return fail(ErrorCode::unavailable, "A cut changed while it was stored.");
  return tx.commit();
}

Result<void> record(db::Tx& tx, const Task& task, std::string_view fact) {
  return journal::record(tx, who(machine()), fact, task.event.series.value, task.event.id.value, "talk:" + task.talk.code,
                         JsonWriter().begin_object().field("slot", task.cut.slot).field("revision", task.cut.revision).end_object().take());
}

/// What a person must put right goes back to people; everything else is tried again, and the page says why.
Result<void> failed(const Workshop& shop, const Task& task, Stage back_to, const Error& error) {
  if (error.code != ErrorCode::invalid && error.code != ErrorCode::forbidden && error.code != ErrorCode::not_found) {
    TRY_ASSIGN(auto tx, shop.db.begin_write());
    TRY(store::set_problem(tx, task.cut.id, error.message));
    TRY(tx.commit());
    return std::unexpected(error);
  }
  return settle(shop, task, [&](db::Tx& tx, Cut& cut) -> Result<void> {
    cut.stage = back_to;
    cut.problem = error.message;
    return record(tx, task, "cut.failed");
  });
}

/// Files of cuts that were interrupted are written again under the same name.
std::string place_of(const Workshop& shop, const Order& order, std::string_view what) {
  return shop.folder + "/" + std::string(what) + "-" + std::to_string(order.cut.value) + "-" + order.key + ".mp4";
}
/// Where it is written down what was made there and is on its way.
std::string note_beside(const std::string& out) { return out + ".finished.json"; }

Plan with_margin(const Plan& plan) {
  Plan wide = plan;
  wide.span.from -= preview_margin;
  wide.span.to += preview_margin;
  return wide;
}

/// The ends as they were heard, where that is surer than the plan; what was found, in words.
void take_ends(Cut& cut, const Ends& ends, const Zone& zone) {
  constexpr double enough = 0.5;
  const auto planned = cut.plan.span;
  std::vector<std::string> words;
  const auto take = [&](const char* which, Instant& end, const Found& found) {
    if (found.confidence >= enough) end = found.at;
    words.push_back(std::string(which) + " " + footage::clock_with_seconds(end, zone) + (found.confidence >= enough ? "" : ", by the schedule") + " (" +
                    fixed(found.confidence * 100, 0) +
                    " % sure): " + (found.because.empty() ? std::string("Nothing stands out there.") : join(found.because, " ")));
  };
  take("Begins at", cut.plan.span.from, ends.begins);
  take("Ends at", cut.plan.span.to, ends.ends);
  if (cut.plan.span.to <= cut.plan.span.from) {
    cut.plan.span = planned;
    words.emplace_back("The end would come before the beginning: the schedule stands for both.");
  }
  if (!cut.doubts.empty()) words.insert(words.begin(), cut.doubts);
  cut.doubts = join(words, "\n");
}

/// Sets the ends of a plan that is a guess, and orders the preview of what comes out.
Result<void> refine(const Workshop& shop, const Task& task, jobs::Running& running) {
  if (!task.missing.empty()) return failed(shop, task, Stage::wrong, Error{ErrorCode::invalid, task.missing, {}, {}, {}});
  const auto ends = shop.listen(task.inputs, *task.cut.plan.guess, [&] { return running.stopping(); });
  if (!ends && ends.error().code == ErrorCode::unavailable) return failed(shop, task, Stage::making, ends.error());
  TRY_ASSIGN(const auto zone, events::zone_of(task.event));
  return settle(shop, task, [&](db::Tx& tx, Cut& cut) -> Result<void> {
    TRY_ASSIGN(const auto all_marks, stage_marks_of(tx, cut.event));
    const auto marks = marks_of(all_marks, cut.slot, cut.block ? std::string_view(cut.talk_code) : std::string_view());
    const auto around = cut.plan.guess->around;
    cut.plan.guess.reset();
    cut.plan.is_guessed = true;
    if (ends) cut.chapters.seen = ends->changes;
    if (ends || marks.began || marks.ended) take_ends(cut, with_marks(ends ? *ends : Ends{}, marks, around), zone);
    return queue_preview(tx, cut);
  });
}

Result<Made> make(const Workshop& shop, const Task& task, const Plan& plan, const Cards& cards, const std::string& out, jobs::Running& running) {
  if (!task.missing.empty()) return fail(ErrorCode::invalid, task.missing);
  std::error_code error;
  std::filesystem::create_directories(shop.folder, error);
  if (error) return fail(ErrorCode::unavailable, "The folder for unfinished cuts cannot be made.", error.message());
  return shop.make(task.inputs, plan, cards, out, [&](double part) { running.progress(part * part_of_making(shop)); }, [&] { return running.stopping(); });
}

/// Captions count the time of the video that is online. Where another one takes its place, its first recorded frame was earlier or later, and is shown after
/// another card: captions move by both. What went out of the middle is for people to see.
Result<void> move_captions(db::Tx& tx, const Task& task, const Cut& before, const Made& made) {
  if (!before.online_from || before.published_hash.empty()) return {};
  const milliseconds by = (*before.online_from - made.span.from) + (made.title_lasts - before.online_title);
  if (by == milliseconds(0)) return {};
  return recordings::move_tracks(tx, machine(), task.event, task.talk.code, task.cut.talk, by);
}

/// What was made and not brought yet, or else made now.
Result<Finished> finish(const Workshop& shop, const std::string& out, const std::string& of, const std::function<Result<Finished>()>& make_it) {
  const std::string kept = note_beside(out);
  if (auto known = find_finished(shop, kept, of)) return *std::move(known);
  TRY_ASSIGN(auto finished, make_it());
  finished.of = of;
  TRY(keep_finished(kept, finished));
  forget_made(out);
  return finished;
}

/// Whether all that a stream has of a slot can be read. What is written to just now may have no header before its end (MP4): it is waited for.
bool can_be_read(const footage::EventFootage& footage, const footage::Covered& covered) {
  return std::ranges::all_of(covered.pieces, [&](const footage::Piece& piece) {
    const auto file = std::ranges::find(footage.files, piece.file, [](const footage::MediaFile& f) { return f.id.value; });
    return file != footage.files.end() && !file->probed.empty();
  });
}

/// Whoever pressed for its beginning will press for its end, too; if not, the schedule is believed after a while.
bool is_still_on(const std::vector<StageMarks>& all, const footage::PlannedSlot& slot, Instant now) {
  constexpr std::chrono::minutes at_most{15};
  const bool is_on = std::ranges::any_of(all, [&](const StageMarks& marks) { return marks.slot == slot.number && marks.began && !marks.ended; });
  return is_on && now < slot.span.to + at_most;
}

}  // namespace

Result<void> queue_preview(db::Tx& tx, const Cut& cut) { return queue(tx, preview_kind, cut); }
Result<void> queue_publishing(db::Tx& tx, const Cut& cut) { return queue(tx, publish_kind, cut); }
CutId cut_of(const jobs::Job& job) { return order_of(job).cut; }

Result<void> propose_due(const Workshop& shop, const std::function<bool()>& stopping) {
  std::vector<events::Event> all;
  {
    TRY_ASSIGN(auto tx, shop.db.begin_read());
    TRY_ASSIGN(auto events, events::list_events(tx));
    for (auto& event : events) {
      if (event.zone.empty() || !event.start || !event.end) continue;
      // Files also come days after the event; the years before are left alone.
      const Date today = std::chrono::floor<std::chrono::days>(Zone().to_wall(tx.now()));
      if (today < *event.start - std::chrono::days(2) || today > *event.end + std::chrono::days(60)) continue;
      TRY_ASSIGN(const auto recorders, footage::list_recorders(tx, event));
      if (!recorders.empty()) all.push_back(std::move(event));
    }
  }
  for (const auto& event : all) {
    if (stopping()) return {};
    TRY_ASSIGN(auto tx, shop.db.begin_write());
    TRY_ASSIGN(const auto footage, footage::load_footage(tx, event, tx.now()));
    TRY_ASSIGN(const auto settings, settings_of(tx, event.id));
    TRY_ASSIGN(const auto cuts, store::cuts_of(tx, event.id));
    TRY_ASSIGN(const auto marks, stage_marks_of(tx, event.id));
    const auto begin = [&](const footage::PlannedSlot& slot, const std::string& part) -> Result<void> {
      TRY_ASSIGN(auto cut, begin_cut(tx, machine(), event, footage, slot.number, part));
      if (!settings.is_automatic) return {};
      Plan plan = cut.plan;
      TRY(ask_for(tx, machine(), event, std::move(cut), std::move(plan)));
      return {};
    };
    const auto is_whole = [&footage](const footage::RoomFootage& room, std::size_t i, const footage::Span& span) {
      return std::ranges::any_of(room.streams, [&](const auto& stream) {
        const auto cover = footage::within(stream.second.slots[i], span);
        return cover.state == footage::CoverState::whole && can_be_read(footage, cover);
      });
    };
    for (const auto& room : footage.rooms)
      for (std::size_t i = 0; i < room.slots.size(); ++i) {
        const auto& slot = room.slots[i];
        // What comes later may fill a gap: only what is whole is begun without being asked, once what follows it has been recorded too.
        if (tx.now() < slot.span.to + settings.padding.after || is_still_on(marks, slot, tx.now())) continue;
        const auto has_cut = [&](const std::string& part) {
          return std::ranges::any_of(cuts, [&](const Cut& c) { return c.slot == slot.number && (part.empty() ? !c.block : c.talk_code == part); });
        };
        if (talks::may_be_cut(slot.consent_of_all()) && !has_cut({}) && is_whole(room, i, slot.span)) TRY(begin(slot, {}));
        for (const auto& part : slot.parts)
          if (talks::may_be_cut(part.consent) && !has_cut(part.talk) && is_whole(room, i, part.span)) TRY(begin(slot, part.talk));
      }
    TRY(tx.commit());
  }
  return {};
}

namespace {

Result<Finished> make_preview(const Workshop& shop, const Task& task, const std::string& out, jobs::Running& running) {
  Finished finished;
  TRY_ASSIGN(finished.made, make(shop, task, with_margin(task.cut.plan), {}, out, running));
  Made& made = finished.made;
  const std::string pictures = out + ".pictures", samples = out + ".samples";
  const auto stopping = [&] { return running.stopping(); };
  shop.look_at(made, pictures, stopping);
  std::ranges::copy(shop.sample(task.inputs, task.cut.plan, samples, stopping), std::back_inserter(made.beside));
  std::vector<std::string> paths{made.path};
  paths.insert(paths.end(), made.beside.begin(), made.beside.end());
  TRY_ASSIGN(finished.files, put_all(shop, paths));
  std::error_code gone;
  for (const auto& folder : {pictures, samples}) std::filesystem::remove_all(folder, gone);
  return finished;
}

Result<Finished> make_exactly(const Workshop& shop, const Task& task, const Cards& cards, const std::string& out, jobs::Running& running) {
  Finished finished;
  TRY_ASSIGN(finished.made, make(shop, task, task.cut.plan, cards, out, running));
  Made& made = finished.made;
  const std::string pictures = out + ".pictures";
  shop.look_at(made, pictures, [&] { return running.stopping(); });
  std::vector<std::string> paths{made.path};
  if (!made.poster.empty()) {
    finished.poster_at = 1;
    paths.push_back(made.poster);
  }
  TRY_ASSIGN(finished.files, put_all(shop, paths));
  std::error_code gone;
  std::filesystem::remove_all(pictures, gone);
  return finished;
}

}  // namespace

Result<void> preview(const Workshop& shop, jobs::Running& running) {
  TRY_ASSIGN(const auto task, task_of(shop, running.job(), Stage::making));
  const std::string out = place_of(shop, order_of(running.job()), "preview");
  if (!task) {
    forget_made(out);
    forget_finished(note_beside(out));
    return {};
  }
  if (!talks::may_be_cut(task->consent))
    return failed(shop, *task, Stage::stopped, Error{ErrorCode::forbidden, "The speakers do not allow this talk to be recorded: it was not cut.", {}, {}, {}});
  if (!task->elsewhere.empty()) return left_to_others(shop, task->cut.id, task->elsewhere, running);
  if (task->cut.plan.guess) return refine(shop, *task, running);
  const auto finished = finish(shop, out, "preview", [&] { return make_preview(shop, *task, out, running); });
  if (!finished) return failed(shop, *task, Stage::wrong, finished.error());
  const Made* made = &finished->made;
  // Where this process is the only one, it is seen where it lies.
  const bool is_brought = shop.has_colleagues && shop.files.is_shared();
  if (is_brought)
    if (const auto delivered = deliver(shop, finished->files, part_of_making(shop), running); !delivered)
      return not_delivered(shop, task->cut.id, "It", delivered.error(), running);
  TRY(settle(shop, *task, [&](db::Tx& tx, Cut& cut) -> Result<void> {
    cut.stage = Stage::review;
    cut.problem.clear();
    // Footage may end before the plan does.
    cut.plan.span = {std::max(cut.plan.span.from, made->span.from), std::min(cut.plan.span.to, made->span.to)};
    if (is_brought) TRY(name_all(shop, tx, finished->files));
    cut.preview = {.key = key_of(cut.plan), .hash = finished->hash(), .span = made->span, .frame_rate = made->frame_rate};
    cut.sound = made->sound;
    cut.wave = made->wave;
    TRY_ASSIGN(const auto had, store::files_beside(tx, cut.id, finished->hash()));
    if (had.empty())
      for (const auto& file : std::span(finished->files).subspan(1)) TRY(store::add_beside(tx, cut.id, finished->hash(), file));
    TRY(tell_to_look(tx, shop.sign_in, task->event, cut, task->talk));
    return record(tx, *task, "cut.ready");
  }));
  forget_finished(note_beside(out));
  log(LogTopic::media, "cut for a look", {{"event", task->event.slug}, {"talk", task->talk.code}, {"bytes", made->size_bytes}});
  return {};
}

Result<void> publish(const Workshop& shop, jobs::Running& running) {
  TRY_ASSIGN(const auto task, task_of(shop, running.job(), Stage::publishing));
  const std::string out = place_of(shop, order_of(running.job()), "cut");
  if (!task) {
    forget_made(out);
    forget_finished(note_beside(out));
    return {};
  }
  Cards cards;
  {
    // The third gate: speakers may have changed their minds since the look.
    TRY_ASSIGN(auto tx, shop.db.begin_read());
    TRY_ASSIGN(const bool allowed, may_be_published(tx, task->cut));
    if (!allowed) return failed(shop, *task, Stage::stopped, Error{ErrorCode::forbidden, std::string(not_allowed), {}, {}, {}});
    TRY_ASSIGN(const auto settings, settings_of(tx, task->event.id));
    TRY_ASSIGN(cards, cards_of(tx, task->event, task->talk, settings, shop.sign_in.base_url));
    TRY_ASSIGN(cards.chapters, chapters_of(tx, task->event, task->cut, cards.before()));
  }
  const auto finished = finish(shop, out, key_of(cards), [&]() -> Result<Finished> {
    if (!task->elsewhere.empty()) {
      TRY(left_to_others(shop, task->cut.id, task->elsewhere, running));
    }
    return make_exactly(shop, *task, cards, out, running);
  });
  if (!finished) return failed(shop, *task, Stage::wrong, finished.error());
  const Made* made = &finished->made;
  // Published is what was read back whole.
  if (const auto delivered = deliver(shop, finished->files, part_of_making(shop), running); !delivered)
    return not_delivered(shop, task->cut.id, "It", delivered.error(), running);
  TRY(settle(shop, *task, [&](db::Tx& tx, Cut& cut) -> Result<void> {
    // Asked again with what is true now: minutes have passed.
    TRY_ASSIGN(const bool allowed, may_be_published(tx, cut));
    if (!allowed) {
      cut.stage = Stage::stopped;
      cut.problem = std::string(not_allowed);
      return record(tx, *task, "cut.failed");
    }
    TRY_ASSIGN(const auto settings, settings_of(tx, cut.event));
    TRY(name_all(shop, tx, finished->files));
    cut.poster_hash = finished->poster();
    TRY(move_captions(tx, *task, cut, *made));
    TRY(put_online(tx, task->event, cut, *made, finished->hash(), settings));
    cut.stage = Stage::published;
    cut.problem.clear();
    cut.published_hash = finished->hash();
    cut.preview = {};  // nobody looks at it any more: its file goes, and a correction makes its own
    cut.published_at = tx.now();
    cut.online_from = made->span.from;
    cut.online_title = made->title_lasts;
    TRY(queue_encoding(tx, cut, settings));
    if (shop.recogniser.is_there())
      TRY(queue_run(tx, cut.event, {.cut = cut.id, .target = std::string(recogniser_name), .occasion = Occasion::recognised, .hash = finished->hash()}));
    return record(tx, *task, "cut.published");
  }));
  forget_finished(note_beside(out));
  log(LogTopic::media, "published", {{"event", task->event.slug}, {"talk", task->talk.code}, {"bytes", made->size_bytes}});
  return {};
}

}  // namespace confer::cutting
