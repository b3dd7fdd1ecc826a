// Recordings that carry in each picture its number and in the sound a beep a second, so that a cut can be measured instead of looked at.
#pragma once
#include <string>
#include <utility>
#include <vector>

namespace confer::test {

/// Something that is heard, over a room that is nearly silent.
struct Sounding {
  /// speech: syllables of a buzz and of noise, with pauses. applause: noise. hum: a tone.
  enum class Kind : unsigned char { speech, applause, hum };
  Kind kind = Kind::speech;
  double from = 0, to = 0;
  double level = 0.2;  ///< of full scale
};

struct RecordingPlan {
  int width = 160, height = 96;  ///< at least these
  int frames = 150;
  int first = 0;            ///< the first picture's number; the sound is that of its time
  std::string rate = "25";  ///< "30000/1001"
  /// Options of the ffmpeg program for the picture: {"-c:v", "libx264", "-g", "50"}.
  std::vector<std::string> picture = {"-c:v", "libx264", "-preset", "ultrafast", "-g", "50", "-bf", "2"};
  std::vector<std::string> sound = {"-c:a", "aac", "-b:a", "96k"};  ///< empty: none
  double left = 1, right = 1;                                       ///< factors of the channels; negative turns one round
  std::vector<Sounding> sounds;                                     ///< instead of tone and beeps
  std::vector<double> slides;  ///< instead of moving, numbered pictures: a still one, and another from each of these times on
  bool is_variable = false;    ///< every seventh picture, from the fourth on, is left out
};

/// Writes it by the ffmpeg program; throws std::runtime_error with its words. The sound: at each full second 40 ms of 2 kHz, over a quiet 220 Hz.
void write_recording(const std::string& path, const RecordingPlan& plan);
/// "30000/1001" as a number.
double rate_of(const std::string& text);

/// The number in each picture, in the order of showing, as the ffmpeg program decodes them; -1 where none can be read. Throws when it complains of the file.
std::vector<int> read_numbers(const std::string& path);
/// The brightness of each picture around one of its points, 16 (black) to 235.
std::vector<int> read_brightness(const std::string& path, int x, int y);
/// When each picture is shown, in seconds from the first.
std::vector<double> read_times(const std::string& path);
/// As players list them: when each begins in seconds, and its title.
std::vector<std::pair<double, std::string>> read_chapters(const std::string& path);
/// The sound at 48 kHz, both channels mixed, as a player hears it.
std::vector<double> read_sound(const std::string& path);
/// When each beep begins, in seconds from the beginning of the file.
std::vector<double> read_beeps(const std::string& path);

}  // namespace confer::test
