// Likeness of titles, speakers, lengths and days, and the choice that fits best in all (matching.h).
#include "recordings/matching.h"
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <set>
#include <unordered_map>
#include "base/text.h"
#include "recordings/assignment.h"
#include "recordings/likeness.h"
#include "recordings/listing.h"

namespace confer::recordings {
namespace {

using std::chrono::seconds;
using Word = std::uint32_t;

// What counts how much was set by hand on half of the events of bench/match, and measured on the other half.
constexpr double least_score = 0.38;            // a pair below is none
constexpr double sure = 0.9, likely = 0.7;      // confidence
constexpr double by_order_alone = 0.3;          // nothing but the place in the list
constexpr std::size_t most_candidates = 40;     // of a video, for the assignment
constexpr std::size_t cut_at = 90;              // a title of so many characters may have been cut (YouTube: 100)
constexpr std::chrono::seconds same_length{3};  // containers round differently
constexpr double common_share = 0.35;           // a word in so many of the videos' titles is the channel's

struct Name {
  std::vector<Word> words;
  double weight = 1;
};
struct Talk {
  std::vector<Word> title;
  std::vector<std::size_t> names;  ///< places in `names_`
  double weight = 0;
};
struct Video {
  std::vector<Word> title;
  bool is_cut = false, from_address = false;
  double weight = 0;
  std::set<std::size_t> named, described;  ///< speakers, whole names
};

class Matcher {
 public:
  Matcher(std::span<const TalkToMatch> talks, std::span<const VideoToMatch> videos, std::string_view event_words) : given_talks_(talks), given_videos_(videos) {
    for (const auto& word : words_of(event_words)) event_.insert(id_of(word));
    read_talks();
    read_videos();
    weigh();
    find_alike();
    find_names();
    look_at_days();
    score_all();
  }

  std::vector<FoundTalk> choose() {
    const std::size_t talks = talks_.size(), videos = videos_.size();
    std::vector<Fit> fits;
    for (std::size_t v = 0; v < videos; ++v) {
      std::vector<Fit> own;
      for (std::size_t t = 0; t < talks; ++t)
        if (score(v, t) >= least_score) own.push_back({static_cast<std::uint32_t>(v), static_cast<std::uint32_t>(t), score(v, t) + in_order(v, t)});
      if (own.size() > most_candidates) {
        std::ranges::nth_element(own, own.begin() + most_candidates, std::greater<>(), &Fit::score);
        own.resize(most_candidates);
      }
      fits.insert(fits.end(), own.begin(), own.end());
    }
    // What a pair is worth to the whole falls steeply with doubt: two sure pairs are better than one surer and one doubtful.
    for (auto& fit : fits) fit.score = fit.score * fit.score;
    const auto chosen = assign(static_cast<std::uint32_t>(videos), static_cast<std::uint32_t>(talks), fits);
    std::vector<std::optional<std::size_t>> video_of(talks);
    for (std::size_t v = 0; v < videos; ++v)
      if (chosen[v]) video_of[*chosen[v]] = v;
    std::vector<FoundTalk> out(videos);
    for (std::size_t v = 0; v < videos; ++v) {
      out[v].nearest = nearest(v);
      if (!chosen[v]) continue;
      const std::size_t t = *chosen[v];
      out[v].talk = t;
      out[v].why = evidence(v, t);
      out[v].confidence = confidence(v, t, chosen, video_of);
    }
    pair_by_order(out, video_of);
    return out;
  }

 private:
  // ---- words

  Word id_of(const std::string& word) {
    const auto [at, is_new] = ids_.emplace(word, static_cast<Word>(words_.size()));
    if (is_new) words_.push_back(word);
    return at->second;
  }
  std::vector<Word> ids_in(std::string_view text) {
    std::vector<Word> out;
    for (const auto& word : words_of(text)) out.push_back(id_of(word));
    return out;
  }

  void read_talks() {
    std::map<std::string, std::size_t> places;
    for (const auto& talk : given_talks_) {
      Talk read{.title = ids_in(talk.title), .names = {}};
      for (const auto& speaker : talk.speakers) {
        Name name{.words = ids_in(speaker)};
        if (name.words.empty()) continue;
        const auto [at, is_new] = places.emplace(fold(tidy_line(speaker)), names_.size());
        if (is_new) names_.push_back(std::move(name));
        read.names.push_back(at->second);
      }
      talks_.push_back(std::move(read));
    }
  }

  void read_videos() {
    for (const auto& video : given_videos_) {
      Video read;
      std::string title = video.title;
      if (title.empty()) {
        title = words_of_address(video.url);
        read.from_address = !title.empty();
      }
      read.title = ids_in(title);
      const auto length = static_cast<std::size_t>(std::ranges::count_if(title, [](char c) { return (c & 0xC0) != 0x80; }));
      read.is_cut = length >= cut_at || title.ends_with("…") || title.ends_with("...");
      videos_.push_back(std::move(read));
    }
  }

  static std::vector<double> counted(std::size_t words, const auto& things) {
    std::vector<double> in_how_many(words, 0);
    for (const auto& thing : things)
      for (const Word word : std::set<Word>(thing.title.begin(), thing.title.end())) ++in_how_many[word];
    return in_how_many;
  }

  /// Rare words say more than frequent ones (inverse document frequency); what stands in most of the videos' titles, or in the event's name, says little.
  void weigh() {
    const auto in_talks = counted(words_.size(), talks_), in_videos = counted(words_.size(), videos_);
    const auto all_talks = static_cast<double>(talks_.size()), all_videos = static_cast<double>(videos_.size());
    talk_weight_.resize(words_.size());
    video_weight_.resize(words_.size());
    for (Word w = 0; w < words_.size(); ++w) {
      const bool is_small = small_words().contains(words_[w]);
      const bool is_common = event_.contains(w) || (all_videos >= 5 && in_videos[w] >= std::max(3.0, common_share * all_videos));
      const double smallness = is_small ? 0.3 : 1;
      talk_weight_[w] = smallness * std::max(0.2, std::log((all_talks + 2) / (in_talks[w] + 0.5))) * (is_common ? 0.4 : 1);
      // A word that no talk has in its title is mostly a name, a company, a room: it is not held against the video as much.
      const double foreign = in_talks[w] == 0 ? 0.7 : 1;
      video_weight_[w] = is_common ? 0 : smallness * foreign * std::max(0.2, std::log((all_videos + 2) / (in_videos[w] + 0.5)));
    }
    for (auto& talk : talks_)
      for (const Word w : talk.title) talk.weight += talk_weight_[w];
    for (auto& video : videos_)
      for (const Word w : video.title) video.weight += video_weight_[w];
    std::map<Word, double> in_names;
    for (const auto& name : names_)
      for (const Word w : std::set<Word>(name.words.begin(), name.words.end())) ++in_names[w];
    for (auto& name : names_) {
      name.weight = 0;
      for (const Word w : name.words) name.weight += 1 / in_names[w];
    }
    name_weight_ = std::move(in_names);
  }

  /// Which words of talks a video's word may stand for.
  void find_alike() {
    std::set<Word> of_talks, of_videos;
    for (const auto& talk : talks_) of_talks.insert(talk.title.begin(), talk.title.end());
    for (const auto& name : names_) of_talks.insert(name.words.begin(), name.words.end());
    for (const auto& video : videos_) of_videos.insert(video.title.begin(), video.title.end());
    std::map<char, std::vector<Word>> by_letter;
    for (const Word w : of_talks)
      if (!words_[w].empty()) by_letter[words_[w][0]].push_back(w);
    alike_.resize(words_.size());
    for (const Word w : of_videos) {
      if (of_talks.contains(w)) {
        // A word that a talk really has means that word, not a neighbour of it.
        alike_[w].emplace_back(w, 1.0);
        continue;
      }
      if (words_[w].empty()) continue;
      for (const Word other : by_letter[words_[w][0]])
        if (const double like = likeness(words_[w], words_[other]); like > 0) alike_[w].emplace_back(other, like);
    }
  }

  bool names_in(const std::vector<Word>& name, const std::set<Word>& there) const {
    return name.size() >= 2 && std::ranges::all_of(name, [&](Word w) { return there.contains(w); });
  }

  void find_names() {
    for (std::size_t v = 0; v < videos_.size(); ++v) {
      const std::set<Word> title(videos_[v].title.begin(), videos_[v].title.end());
      std::set<Word> description;
      for (const auto& word : words_of(std::string_view(given_videos_[v].description).substr(0, given_videos_[v].description.find('\0'))))
        if (const auto at = ids_.find(word); at != ids_.end()) description.insert(at->second);
      for (std::size_t n = 0; n < names_.size(); ++n) {
        if (names_in(names_[n].words, title)) videos_[v].named.insert(n);
        if (names_in(names_[n].words, description)) videos_[v].described.insert(n);
      }
    }
  }

  /// Days of the list say something when they are those of the event, and not all the day on which somebody uploaded them.
  void look_at_days() {
    std::set<Date> event_days, list_days;
    for (const auto& talk : given_talks_)
      if (talk.day) event_days.insert(*talk.day);
    std::size_t told = 0, fitting = 0;
    for (const auto& video : given_videos_)
      if (video.day) {
        ++told;
        list_days.insert(*video.day);
        if (event_days.contains(*video.day)) ++fitting;
      }
    days_count_ = event_days.size() > 1 && list_days.size() > 1 && fitting * 10 >= told * 8;
  }

  // ---- how much a pair is alike

  /// `explained`: how much of the video's title is the talk's words and speakers.
  double title_likeness(std::size_t v, std::size_t t, std::vector<double>& found, double& explained) const {
    const Video& video = videos_[v];
    const Talk& talk = talks_[t];
    if (talk.title.empty() || video.title.empty()) return 0;
    double told = 0;  // of what the video's title says, what the talk explains
    std::set<Word> speakers;
    for (const auto n : talk.names) speakers.insert(names_[n].words.begin(), names_[n].words.end());
    for (std::size_t i = 0; i < video.title.size(); ++i) {
      double best = 0;
      const auto take = [&](Word word, double like) {
        for (std::size_t k = 0; k < talk.title.size(); ++k)
          if (talk.title[k] == word) {
            found[k] = std::max(found[k], like);
            best = std::max(best, like);
          }
        if (speakers.contains(word)) best = std::max(best, like);
      };
      for (const auto& [word, like] : alike_[video.title[i]]) take(word, like);
      // The last word of a title that was cut may be the beginning of one.
      if (best == 0 && video.is_cut && i + 1 == video.title.size()) {
        const auto& end = words_[video.title[i]];
        for (const Word word : talk.title)
          if (words_[word].starts_with(end)) take(word, 0.8);
      }
      told += best * video_weight_[video.title[i]];
    }
    const double of_video = video.weight <= 0 ? 1 : std::min(1.0, told / video.weight);
    explained = of_video;
    double there = 0, all = talk.weight;
    for (std::size_t k = 0; k < talk.title.size(); ++k) there += found[k] * talk_weight_[talk.title[k]];
    if (there == 0) return 0;
    if (video.is_cut) {
      std::size_t last = talk.title.size();
      while (last > 0 && found[last - 1] == 0) --last;
      // What lies behind the cut is not missing.
      constexpr std::size_t enough = 3;
      if (last >= enough)
        for (std::size_t k = last; k < talk.title.size(); ++k) all -= 0.8 * talk_weight_[talk.title[k]];
    }
    const double of_talk = std::min(1.0, there / std::max(all, 1e-9));
    double like = std::pow(of_talk, 0.65) * std::pow(of_video, 0.35);
    if (of_talk > 0.999 && is_whole_within(talk.title, video.title)) like = std::max(like, 0.6 + 0.4 * of_video);
    return like;
  }

  /// The talk's whole title stands in the video's, word by word, and is more than a word or two of every day.
  bool is_whole_within(const std::vector<Word>& title, const std::vector<Word>& within) const {
    double weight = 0;
    for (const Word w : title) weight += talk_weight_[w];
    constexpr double some_weight = 6;
    return title.size() >= 2 && weight >= some_weight && !std::ranges::search(within, title).empty();
  }

  double speakers_named(std::size_t v, std::size_t t) const {
    const Video& video = videos_[v];
    const Talk& talk = talks_[t];
    if (talk.names.empty()) return 0;
    double all = 0;
    for (const auto n : talk.names) {
      const Name& name = names_[n];
      if (video.named.contains(n)) {
        all += 1;
      } else if (video.described.contains(n)) {
        all += 0.7;
      } else {
        double there = 0;
        for (const Word w : name.words)
          for (const Word in : video.title)
            if (std::ranges::any_of(alike_[in], [&](const auto& alike) { return alike.first == w; })) {
              there += 1 / name_weight_.at(w);
              break;
            }
        const double part = there / std::max(name.weight, 1e-9);
        if (part > 0.3) all += 0.7 * part;
      }
    }
    return all / static_cast<double>(talk.names.size());
  }

  /// Somebody else's whole name stands at the video, and none of this talk's.
  bool names_others(std::size_t v, std::size_t t, double named) const {
    if (named > 0 || videos_[v].named.empty() || talks_[t].names.empty()) return false;
    return std::ranges::none_of(talks_[t].names, [&](std::size_t n) { return videos_[v].named.contains(n); });
  }

  static std::set<std::string> numbers(const std::vector<std::string>& words) {
    std::set<std::string> out;
    for (const auto& word : words) {
      static const std::map<std::string, std::string> roman{{"ii", "2"}, {"iii", "3"}, {"iv", "4"}, {"one", "1"}, {"two", "2"}, {"three", "3"}};
      if (!word.empty() && word.size() <= 2 && std::ranges::all_of(word, [](char c) { return c >= '0' && c <= '9'; }))
        out.insert(word.size() == 2 && word[0] == '0' ? word.substr(1) : word);
      else if (const auto found = roman.find(word); found != roman.end())
        out.insert(found->second);
    }
    return out;
  }

  bool has_key(std::size_t v, std::size_t t) const {
    const std::string_view url = given_videos_[v].url;
    return std::ranges::any_of(given_talks_[t].keys, [&](const std::string& key) {
      constexpr std::size_t shortest = 4;
      if (key.size() < shortest) return false;
      const auto at = url.find(key);
      if (at == std::string_view::npos) return false;
      const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); };
      const bool begins = at == 0 || !plain(url[at - 1]);
      const bool ends = at + key.size() >= url.size() || !plain(url[at + key.size()]);
      // YouTube's ids are random letters.
      return begins && ends && !url.contains("youtu");
    });
  }

  Evidence evidence(std::size_t v, std::size_t t) const {
    Evidence e;
    std::vector<double> found(talks_[t].title.size(), 0);
    e.title = title_likeness(v, t, found, e.explained);
    e.speakers = speakers_named(v, t);
    e.other_speakers = names_others(v, t, e.speakers);
    e.by_address = has_key(v, t);
    const auto& talk = given_talks_[t];
    const auto& video = given_videos_[v];
    if (talk.length && video.length && talk.length_is_exact) e.apart = std::chrono::abs(*talk.length - *video.length);
    e.same_day = days_count_ && talk.day && video.day && *talk.day == *video.day;
    return e;
  }

  double score_of(std::size_t v, std::size_t t) {
    const Evidence e = evidence(v, t);
    double s = e.title;
    const bool is_there = e.title > 0 || e.speakers > 0;
    if (e.speakers > 0) s += (1 - s) * 0.55 * std::min(1.0, e.speakers) * (e.title > 0.15 ? 1 : 0.85);
    // "Ada Lovelace @ LoomCon": nothing but all of the speakers, and only another talk of theirs could be meant.
    constexpr double all_there = 0.99, nothing_else = 0.9, by_names_alone = 0.78;
    if (e.speakers >= all_there && e.explained >= nothing_else) s = std::max(s, by_names_alone);
    if (e.other_speakers) s *= 0.6;
    const auto talk_numbers = numbers_of_talk_[t], video_numbers = numbers_of_video_[v];
    if (!talk_numbers.empty() && !video_numbers.empty()) {
      const bool common = std::ranges::any_of(talk_numbers, [&](const auto& n) { return video_numbers.contains(n); });
      if (!common) s *= 0.75;
    }
    const auto& talk = given_talks_[t];
    const auto& video = given_videos_[v];
    if (is_there && talk.length && video.length) {
      const auto a = static_cast<double>(talk.length->count()), b = static_cast<double>(video.length->count());
      if (talk.length_is_exact) {
        if (*e.apart <= same_length)
          s += (1 - s) * 0.5;
        else if (b > 1.3 * a + 60 || a > 1.3 * b + 60)
          s *= 0.8;
      } else if (b > 1.6 * a + 300 || b < 0.2 * a) {
        s *= 0.85;
      }
    }
    if (days_count_ && is_there && talk.day && video.day) s = e.same_day ? s + (1 - s) * 0.15 : s * 0.85;
    if (videos_[v].from_address) s *= 0.97;
    if (e.by_address) s = std::max(s, 0.97);
    return std::clamp(s, 0.0, 1.0);
  }

  void score_all() {
    for (const auto& talk : given_talks_) numbers_of_talk_.push_back(numbers(words_of(talk.title)));
    for (const auto& video : videos_) {
      std::vector<std::string> words;
      // The first of a title is mostly its place in the channel's list, and years are no parts.
      for (std::size_t i = 0; i < video.title.size(); ++i)
        if (i > 0 || video.title.size() == 1 || !has_digit(words_[video.title[i]])) words.push_back(words_[video.title[i]]);
      numbers_of_video_.push_back(numbers(words));
    }
    scores_.resize(talks_.size() * videos_.size());
    // Only talks that share a word with the video, or stand in its address, are worth a look.
    std::vector<std::vector<std::size_t>> by_word(words_.size());
    for (std::size_t t = 0; t < talks_.size(); ++t) {
      std::set<Word> words(talks_[t].title.begin(), talks_[t].title.end());
      for (const auto n : talks_[t].names) words.insert(names_[n].words.begin(), names_[n].words.end());
      for (const Word w : words) by_word[w].push_back(t);
    }
    std::vector<bool> seen(talks_.size());
    for (std::size_t v = 0; v < videos_.size(); ++v) {
      seen.assign(talks_.size(), false);
      const auto look = [&](std::size_t t) {
        if (seen[t]) return;
        seen[t] = true;
        scores_[v * talks_.size() + t] = static_cast<float>(score_of(v, t));
      };
      for (const Word w : videos_[v].title)
        for (const auto& [word, like] : alike_[w])
          if (talk_weight_[word] > 0.25)
            for (const auto t : by_word[word]) look(t);
      for (std::size_t t = 0; t < talks_.size(); ++t) {
        const bool is_described = std::ranges::any_of(talks_[t].names, [&](std::size_t n) { return videos_[v].described.contains(n); });
        if (is_described || has_key(v, t)) look(t);
      }
    }
  }

  double score(std::size_t v, std::size_t t) const { return scores_[v * talks_.size() + t]; }
  /// Lists are mostly in the order of the event: that decides between equals.
  double in_order(std::size_t v, std::size_t t) const {
    const double at_v = static_cast<double>(v) / static_cast<double>(videos_.size()), at_t = static_cast<double>(t) / static_cast<double>(talks_.size());
    return 0.01 * (1 - std::abs(at_v - at_t));
  }

  std::vector<std::size_t> nearest(std::size_t v) const {
    constexpr std::size_t most = 5;
    std::vector<std::size_t> out;
    for (std::size_t t = 0; t < talks_.size(); ++t)
      if (score(v, t) > 0.1) out.push_back(t);
    const std::size_t kept = std::min(most, out.size());
    std::ranges::partial_sort(out, out.begin() + static_cast<std::ptrdiff_t>(kept),
                              [&](std::size_t a, std::size_t b) { return score(v, a) != score(v, b) ? score(v, a) > score(v, b) : a < b; });
    out.resize(kept);
    return out;
  }

  /// A good pair with a rival as good is not sure. A rival that has found somebody better is none.
  double confidence(std::size_t v, std::size_t t, const std::vector<std::optional<std::uint32_t>>& chosen,
                    const std::vector<std::optional<std::size_t>>& video_of) const {
    const double own = score(v, t);
    double rival = 0;
    for (std::size_t other = 0; other < talks_.size(); ++other) {
      if (other == t) continue;
      const double theirs = score(v, other);
      const double better = video_of[other] ? std::max(0.0, score(*video_of[other], other) - theirs) : 0;
      rival = std::max(rival, theirs - better);
    }
    for (std::size_t other = 0; other < videos_.size(); ++other) {
      if (other == v) continue;
      const double theirs = score(other, t);
      const double better = chosen[other] ? std::max(0.0, score(other, *chosen[other]) - theirs) : 0;
      rival = std::max(rival, theirs - better);
    }
    const double margin = own - rival;
    constexpr double clear = 0.2;
    return margin >= clear ? own : own * std::max(0.4, 0.5 + 0.5 * margin / clear);
  }

  /// Addresses alone: where there are as many of them as talks left, the order is a guess.
  void pair_by_order(std::vector<FoundTalk>& out, const std::vector<std::optional<std::size_t>>& video_of) const {
    std::vector<std::size_t> bare, free;
    for (std::size_t v = 0; v < videos_.size(); ++v)
      if (!out[v].talk && videos_[v].title.empty()) bare.push_back(v);
    for (std::size_t t = 0; t < talks_.size(); ++t)
      if (!video_of[t]) free.push_back(t);
    if (bare.empty() || bare.size() != free.size()) return;
    for (std::size_t i = 0; i < bare.size(); ++i) {
      out[bare[i]].talk = free[i];
      out[bare[i]].confidence = by_order_alone;
      out[bare[i]].why.by_order = true;
      out[bare[i]].nearest = {free[i]};
    }
  }

  std::span<const TalkToMatch> given_talks_;
  std::span<const VideoToMatch> given_videos_;
  std::unordered_map<std::string, Word> ids_;
  std::vector<std::string> words_;
  std::set<Word> event_;
  std::vector<Talk> talks_;
  std::vector<Video> videos_;
  std::vector<Name> names_;
  std::map<Word, double> name_weight_;  ///< in how many names
  std::vector<double> talk_weight_, video_weight_;
  std::vector<std::vector<std::pair<Word, double>>> alike_;
  std::vector<std::set<std::string>> numbers_of_talk_, numbers_of_video_;
  std::vector<float> scores_;
  bool days_count_ = false;
};

}  // namespace

Certainty certainty_of(double confidence) {
  if (confidence >= sure) return Certainty::sure;
  if (confidence >= likely) return Certainty::likely;
  return confidence > 0 ? Certainty::guess : Certainty::none;
}
std::string_view in_words(Certainty certainty) {
  switch (certainty) {
    case Certainty::sure:
      return "sure";
    case Certainty::likely:
      return "likely";
    case Certainty::guess:
      return "a guess";
    case Certainty::none:
      break;
  }
  return "none";
}

std::string in_words(const Evidence& evidence) {
  std::vector<std::string> parts;
  if (evidence.by_address) parts.emplace_back("the address names it");
  if (evidence.by_order) parts.emplace_back("by its place in the list alone");
  if (evidence.title > 0) parts.push_back("title " + std::to_string(std::lround(evidence.title * 100)) + " %");
  if (evidence.speakers >= 0.65)
    parts.emplace_back("speaker named");
  else if (evidence.speakers > 0)
    parts.emplace_back("speaker named in part");
  if (evidence.other_speakers) parts.emplace_back("another speaker is named");
  if (evidence.apart) {
    if (*evidence.apart <= same_length)
      parts.emplace_back("same length");
    else if (*evidence.apart >= std::chrono::minutes(1))
      parts.push_back("lengths differ by " + std::to_string(std::chrono::round<std::chrono::minutes>(*evidence.apart).count()) + " min");
  }
  if (evidence.same_day) parts.emplace_back("same day");
  return join(parts, ", ");
}

std::vector<FoundTalk> match_videos(std::span<const TalkToMatch> talks, std::span<const VideoToMatch> videos, std::string_view event_words) {
  if (videos.empty()) return {};
  if (talks.empty()) return std::vector<FoundTalk>(videos.size());
  return Matcher(talks, videos, event_words).choose();
}

}  // namespace confer::recordings
