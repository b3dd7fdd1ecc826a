// What a talk's speakers allow to be done with its recording. Asked at three gates: before recording, before cutting, before publishing.
#pragma once
#include <array>
#include <string_view>

namespace confer::talks {

struct Talk;

enum class Consent : unsigned char {
  yes,           ///< recorded, cut and published
  review_first,  ///< recorded and cut; published when a speaker has seen and approved it
  stream_only,   ///< seen by whoever watches it live, and not kept
  no,            ///< neither recorded nor streamed
};
inline constexpr std::array<Consent, 4> all_consents{Consent::yes, Consent::review_first, Consent::stream_only, Consent::no};
std::string_view name_of(Consent consent);  ///< "review_first"
/// "The speaker looks at the cut first", for organisers.
std::string_view in_words(Consent consent);

/// The flags that imports, exports and the API know, and `review_first`, say the same: do_not_record is "stream only" or "no", with do_not_stream it is "no".
/// Of a talk that is not recorded, nothing waits for a review.
Consent consent_of(const Talk& talk);
/// Sets the flags. "Stream only" allows streaming and "no" forbids it; for the others `do_not_stream` stays as it is.
void set_consent(Talk& talk, Consent consent);

/// What a speaker has said of the cut.
enum class Approval : unsigned char { open, given };
/// A part of a block is recorded with it, and a block shows its parts: what one of them does not allow is not allowed.
constexpr Consent stricter(Consent a, Consent b) { return a > b ? a : b; }
bool may_be_recorded(Consent consent);
/// Also of what was recorded all the same, by mistake or by a recorder that nobody stops.
bool may_be_cut(Consent consent);
bool may_be_published(Consent consent, Approval approval = Approval::open);
bool may_be_streamed(const Talk& talk);

}  // namespace confer::talks
