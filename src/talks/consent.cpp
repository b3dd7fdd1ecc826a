// Consent and the flags that it is stored as (consent.h).
#include "talks/consent.h"
#include "talks/talks.h"

namespace confer::talks {

std::string_view name_of(Consent consent) {
  static constexpr std::array<std::string_view, 4> names{"yes", "review_first", "stream_only", "no"};
  return names.at(static_cast<std::size_t>(consent));
}

std::string_view in_words(Consent consent) {
  static constexpr std::array<std::string_view, 4> words{"Yes: it may be recorded and published", "Yes, but the speaker looks at the cut first",
                                                         "Stream only: it may be watched live and is not recorded", "No: neither recorded nor streamed"};
  return words.at(static_cast<std::size_t>(consent));
}

Consent consent_of(const Talk& talk) {
  if (talk.do_not_record) return talk.do_not_stream ? Consent::no : Consent::stream_only;
  return talk.review_first ? Consent::review_first : Consent::yes;
}

void set_consent(Talk& talk, Consent consent) {
  talk.do_not_record = consent == Consent::stream_only || consent == Consent::no;
  if (talk.do_not_record) talk.do_not_stream = consent == Consent::no;
  talk.review_first = consent == Consent::review_first;
}

bool may_be_recorded(Consent consent) { return consent == Consent::yes || consent == Consent::review_first; }
bool may_be_cut(Consent consent) { return consent == Consent::yes || consent == Consent::review_first; }
bool may_be_published(Consent consent, Approval approval) {
  return consent == Consent::yes || (consent == Consent::review_first && approval == Approval::given);
}
bool may_be_streamed(const Talk& talk) { return !talk.do_not_stream; }

}  // namespace confer::talks
