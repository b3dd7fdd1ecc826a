// The work of cutting: what proposes, makes, checks and publishes (docs/operating/jobs.md).
#pragma once
#include <functional>
#include <string>
#include <vector>
#include "cutting/cards.h"
#include "cutting/cutting.h"
#include "cutting/programs.h"
#include "files/files.h"
#include "jobs/jobs.h"
#include "media/encode.h"
#include "people/people.h"

namespace confer::cutting {

extern const char* const preview_kind;
extern const char* const publish_kind;
extern const char* const encode_kind;

/// A job is for one plan: of a cut that has another by now it does nothing.
Result<void> queue_preview(db::Tx& tx, const Cut& cut);
Result<void> queue_publishing(db::Tx& tx, const Cut& cut);
/// One for each profile that the event has chosen. They are of what is online.
Result<void> queue_encoding(db::Tx& tx, const Cut& cut, const Settings& settings);
/// The cut that a job of these kinds works on.
CutId cut_of(const jobs::Job& job);

/// What a cut was made into.
struct Made {
  std::string path;
  footage::Span span;  ///< as its frames lie
  double frame_rate = 0;
  int width = 0, height = 0;
  std::uint64_t size_bytes = 0;
  milliseconds length{};                    ///< cards included
  milliseconds title_lasts{}, end_lasts{};  ///< of the cards
  std::string sound;                        ///< JSON
  std::string wave;                         ///< as Cut::wave; empty: not asked for, or not known
  std::string poster;                       ///< path of a JPEG; empty: none
  std::vector<std::string> beside;          ///< paths of what helps people who look: a storyboard, samples of the sound
};
/// A file to cut from.
struct Input {
  std::string path;
  Instant begins{};
};
/// `confer cut` as a process of its own; a test has its own. Writes `out`. Errors: invalid – it cannot be cut, and trying again is no use.
using MakeCut = std::function<Result<Made>(const std::vector<Input>& inputs, const Plan& plan, const Cards& cards, const std::string& out,
                                           const std::function<void(double)>& progress, const std::function<bool()>& stopping)>;
Result<Made> make_cut(const std::vector<Input>& inputs, const Plan& plan, const Cards& cards, const std::string& out,
                      const std::function<void(double)>& progress, const std::function<bool()>& stopping);

/// Removes what `make_cut` keeps beside `out`, once it was stored or is not wanted any more: until then the same cut is not made twice.
void forget_made(const std::string& out);

/// Where a talk begins and ends by what is heard and seen: times, each with a confidence and its reasons.
struct Found {
  Instant at{};
  double confidence = 0;
  std::vector<std::string> because;
};
struct Ends {
  Found begins, ends;
  std::vector<Chapters::Change> changes = {};  ///< of the picture, wherever it was looked at
};
/// `confer listen` as a process of its own; a test has its own. Errors: invalid – nothing can be heard.
using Listen = std::function<Result<Ends>(const std::vector<Input>& inputs, const Plan::Guess& guess, const std::function<bool()>& stopping)>;
Result<Ends> listen(const std::vector<Input>& inputs, const Plan::Guess& guess, const std::function<bool()>& stopping);
/// What a made file shows and sounds like: fills `wave` and `poster`, the latter below `folder`. What cannot be found out stays empty.
/// `media::encode`; a test has its own.
using Encode =
    std::function<Result<media::Encoded>(const media::EncodeWish& wish, const std::function<void(double)>& progress, const std::function<bool()>& stopping)>;
using LookAt = std::function<void(Made& made, const std::string& folder, const std::function<bool()>& stopping)>;
void look_at(Made& made, const std::string& folder, const std::function<bool()>& stopping);
/// `confer samples` of the recording, where somebody speaks in the middle of what is cut: a few seconds of each choice of channels, below `folder`. Their
/// paths; none where there is no choice.
using Sample =
    std::function<std::vector<std::string>(const std::vector<Input>& inputs, const Plan& plan, const std::string& folder, const std::function<bool()>&)>;
std::vector<std::string> sample(const std::vector<Input>& inputs, const Plan& plan, const std::string& folder, const std::function<bool()>& stopping);

/// The first sound of a video, as programs that recognise speech want it: one channel, 16 kHz, WAV. A test has its own. Errors: invalid – there is none.
using MakeSound = std::function<Result<void>(const std::string& video, const std::string& out, double seconds_long, const std::function<bool()>& stopping)>;
Result<void> make_sound(const std::string& video, const std::string& out, double seconds_long, const std::function<bool()>& stopping);

/// Where the work is done.
struct Workshop {
  db::Database& db;
  files::Store& files;
  std::string folder;  ///< for what is not finished; of ours alone
  people::SignIn sign_in;
  MakeCut make = make_cut;
  Listen listen = cutting::listen;
  LookAt look_at = cutting::look_at;
  Sample sample = cutting::sample;
  Encode encode = media::encode;
  std::vector<Hook> hooks;
  Recogniser recogniser;
  MakeSound sound = make_sound;
  std::string machine;          ///< its name, for people
  bool has_colleagues = false;  ///< workers on other machines may run the same jobs: what cannot be read here is left to them, and they see what is delivered
};
/// Looks for talks that are over and have footage: proposes their cuts, and has those made that are whole.
Result<void> propose_due(const Workshop& shop, const std::function<bool()>& stopping);
/// Makes the preview of a cut, and tells its speakers.
Result<void> preview(const Workshop& shop, jobs::Running& running);
/// Makes the cut exactly, reads it back, and puts it online.
Result<void> publish(const Workshop& shop, jobs::Running& running);
/// Makes one more file of what is online, in a profile. Gives way to cuts that wait: what was encoded is kept, and it goes on later.
Result<void> encode_published(const Workshop& shop, jobs::Running& running);

/// Gives what is online to a program that brings it elsewhere (programs.h); or tells it that it is not any more.
Result<void> upload(const Workshop& shop, jobs::Running& running);
/// Has the speech of what is online recognised: captions that nobody sees before a person has saved them.
Result<void> recognise(const Workshop& shop, jobs::Running& running);

}  // namespace confer::cutting
