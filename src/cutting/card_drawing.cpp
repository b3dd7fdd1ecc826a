// Cards drawn by `confer card`, a process of its own with limits (cards.h).
#include <unistd.h>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include "cutting/cards.h"
#include "files/files.h"
#include "media/process.h"

namespace confer::cutting {
namespace {

/// What a template needs is far less than a second; one that is made to take long ends here.
constexpr std::chrono::seconds longest_drawing{10};
constexpr std::uint64_t drawing_memory = std::uint64_t{1} << 30U;
constexpr std::size_t largest_picture = std::size_t{64} << 20U;

/// A folder for the files of one drawing, which goes with it.
class Sheet {
 public:
  static Result<Sheet> open(const std::string& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    std::string name = folder + "/card-XXXXXX";
    if (mkdtemp(name.data()) == nullptr) return fail(ErrorCode::unavailable, "A folder for drawing a card cannot be made.", name);
    return Sheet(std::move(name));
  }
  Sheet(Sheet&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  Sheet& operator=(Sheet&&) = delete;
  ~Sheet() {
    std::error_code gone;
    if (!path_.empty()) std::filesystem::remove_all(path_, gone);
  }
  std::string file(std::string_view name) const { return path_ + "/" + std::string(name); }
  const std::string& path() const { return path_; }

 private:
  explicit Sheet(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

Result<void> run_card(const Sheet& sheet, const std::string& svg, const media::CardWords& words, const std::vector<std::string>& options) {
  TRY(files::write_durably(sheet.file("template.svg"), svg));
  TRY(files::write_durably(sheet.file("words.json"), media::to_json(words)));
  std::vector<std::string> command{media::own_program(), "card", sheet.file("template.svg"), "--words", sheet.file("words.json")};
  command.insert(command.end(), options.begin(), options.end());
  media::Limits limits;
  limits.cpu = longest_drawing;
  limits.wall = 2 * longest_drawing;
  limits.memory_bytes = drawing_memory;
  limits.reads = media::font_folders();
  limits.writes = {sheet.path()};
  limits.is_background = false;  // somebody waits for it
  TRY_ASSIGN(const auto ended, media::run_limited(command, limits));
  if (ended.is_well()) return {};
  const std::string reason = media::reason_of(ended);
  const bool is_template = ended.exit_code == 2 || ended.took_too_long || ended.exit_code < 0;
  return fail(is_template ? ErrorCode::invalid : ErrorCode::unavailable, reason.starts_with("confer: ") ? reason.substr(8) : reason);
}

}  // namespace

CardArtist card_artist(std::string folder) {
  const auto kept = std::make_shared<const std::string>(std::move(folder));
  return {.draw = [kept](const std::string& svg, const media::CardWords& words, int width, int height) -> Result<std::string> {
            TRY_ASSIGN(const auto sheet, Sheet::open(*kept));
            TRY(run_card(sheet, svg, words, {"--size", std::to_string(width) + "x" + std::to_string(height), "--out", sheet.file("card.png")}));
            return files::read_file(sheet.file("card.png"), largest_picture);
          },
          .check = [kept](const std::string& svg, const media::CardWords& words) -> Result<void> {
            TRY_ASSIGN(const auto sheet, Sheet::open(*kept));
            return run_card(sheet, svg, words, {"--check"});
          }};
}

}  // namespace confer::cutting
