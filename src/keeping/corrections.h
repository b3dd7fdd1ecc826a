// The fields of an archived talk that a correction may change: read as text, set from text, and put back as they were.
#pragma once
#include <span>
#include "keeping/keeping.h"
#include "recordings/recordings.h"
#include "talks/talks.h"

namespace confer::keeping {

struct Field {
  std::string_view name, words;
};
/// In the order of the form.
inline constexpr std::array fields{Field{"title", "Title"},   Field{"speakers", "Speakers"}, Field{"text", "Abstract"}, Field{"language", "Language"},
                                   Field{"date", "Recorded"}, Field{"tags", "Topics"},       Field{"video", "Video"}};
std::string_view words_of_field(std::string_view name);

/// What a correction works on.
struct Correctable {
  talks::Talk talk;
  recordings::Recording recording;
};
/// Errors: not_found – there is no such talk, or it is not of an event that is only archived.
Result<Correctable> require_correctable(db::Tx& tx, TalkId talk);
/// As the form shows it: speakers a line each, topics with commas, the first video that lies elsewhere. Beside the form's fields: "licence", as it is printed,
/// and "withheld", which is empty when its videos may be shown.
std::string value_of(std::string_view field, const Correctable& c);
/// `problem` gets what is wrong; nothing is changed then.
bool set_value(std::string_view field, std::string_view value, Correctable& c, std::string& problem);
/// Blanks and line ends do not count.
bool is_same(std::string_view field, std::string_view a, std::string_view b);

/// Stores both, and tells nobody. Errors: invalid; conflict.
Result<void> put_corrected(db::Tx& tx, const events::Event& event, const Correctable& before, Correctable after);
/// Stores both, with their lists and search, and tells it. Errors: invalid; conflict.
Result<EventId> store_corrected(db::Tx& tx, const Actor& actor, const Correctable& before, Correctable after, std::string_view fact, KeeperCaseId id);

/// What taking back needs: JSON of the fields' whole values, credits and video included.
std::string remembered(std::span<const std::string> changed, const Correctable& before, const Correctable& after);
/// Puts back what still stands as it was set; the names of those that do not.
Result<std::vector<std::string>> put_back(std::string_view undo, Correctable& c);

}  // namespace confer::keeping
