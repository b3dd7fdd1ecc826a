// Draws numbered pictures, runs the ffmpeg program, reads the numbers again.
#include "support/recording.h"
#include <unistd.h>
#include <algorithm>
#include <array>
#include <cmath>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <numbers>
#include <sstream>
#include <stdexcept>

namespace confer::test {

namespace {

constexpr int bits = 16, block_width = 10, block_height = 24;

std::string quoted(const std::string& word) {
  std::string out = "'";
  for (const char c : word) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

/// Runs a command and returns what it prints; throws when it fails or complains.
std::string output_of(const std::string& command) {
  const std::string errors = "/tmp/confer-test-" + std::to_string(getpid()) + ".err";
  FILE* pipe = popen((command + " 2>" + errors).c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("cannot start " + command);
  std::string out;
  std::array<char, 65536> buffer{};
  for (std::size_t got = fread(buffer.data(), 1, buffer.size(), pipe); got > 0; got = fread(buffer.data(), 1, buffer.size(), pipe))
    out.append(buffer.data(), got);
  const int status = pclose(pipe);
  std::ifstream file(errors);
  std::stringstream words;
  words << file.rdbuf();
  unlink(errors.c_str());
  if (status != 0 || !words.str().empty()) throw std::runtime_error(command + ": " + words.str());
  return out;
}

/// One bit a block, the lowest first, in the first rows; below them something that moves.
void draw(std::vector<std::uint8_t>& picture, const RecordingPlan& plan, int number) {
  for (int y = 0; y < plan.height; ++y)
    for (int x = 0; x < plan.width; ++x) {
      auto& pixel = picture[static_cast<std::size_t>(y * plan.width + x)];
      if (y < block_height && x < bits * block_width)
        pixel = ((number >> (x / block_width)) & 1) != 0 ? 235 : 16;
      else
        pixel = static_cast<std::uint8_t>(40 + ((x * 3 + number * 2) ^ (y * 5 + number)) % 160);
    }
}

/// A still picture of blocks: another one for each number.
void draw_slide(std::vector<std::uint8_t>& picture, const RecordingPlan& plan, int number) {
  for (int y = 0; y < plan.height; ++y)
    for (int x = 0; x < plan.width; ++x) {
      const unsigned block =
          (static_cast<unsigned>(x / 8) * 73856093U) ^ (static_cast<unsigned>(y / 8) * 19349663U) ^ (static_cast<unsigned>(number) * 83492791U);
      picture[static_cast<std::size_t>(y * plan.width + x)] = static_cast<std::uint8_t>(30 + (block >> 3U) % 190);
    }
}

/// From -1 to 1, the same each time.
double noise() {
  static std::uint32_t state = 1;
  state = state * 1664525U + 1013904223U;
  return static_cast<double>(state >> 8U) / (1U << 23U) - 1;
}

double value_of(const Sounding& sounding, double t) {
  if (t < sounding.from || t >= sounding.to) return 0;
  const double at = t - sounding.from;
  if (sounding.kind == Sounding::Kind::hum) return sounding.level * std::sin(2 * std::numbers::pi * 100 * t);
  if (sounding.kind == Sounding::Kind::applause) return sounding.level * noise();
  const double syllable = std::fmod(at, 0.22) / 0.22;
  if (syllable > 0.65 || std::fmod(at, 3) > 2.7) return 0;
  const double shape = sounding.level * std::sin(std::numbers::pi * std::min(1.0, syllable / 0.65 + 0.05));
  if (static_cast<int>(at / 0.22) % 4 == 3) return 0.5 * shape * noise();
  double sum = 0;
  const double pitch = 120 + 15 * std::sin(at);
  for (int k = 1; k <= 12; ++k) sum += std::sin(2 * std::numbers::pi * pitch * k * at) / k;
  return 0.5 * shape * sum;
}

void write_sound(const std::string& path, const RecordingPlan& plan) {
  std::ofstream out(path, std::ios::binary);
  const auto count = static_cast<int>(std::lround(plan.frames / rate_of(plan.rate) * 48000));
  std::vector<std::int16_t> samples;
  const auto first = static_cast<int>(std::lround(plan.first / rate_of(plan.rate) * 48000));
  for (int i = first; i < first + count; ++i) {
    const double t = i / 48000.0;
    double value = 0.02 * std::sin(2 * std::numbers::pi * 220 * t) + (i % 48000 < 1920 ? 0.4 * std::sin(2 * std::numbers::pi * 2000 * t) : 0);
    if (!plan.sounds.empty()) {
      value = 0.0005 * noise();
      for (const auto& sounding : plan.sounds) value += value_of(sounding, t);
    }
    samples.push_back(static_cast<std::int16_t>(value * plan.left * 32767));
    samples.push_back(static_cast<std::int16_t>(value * plan.right * 32767));
  }
  out.write(reinterpret_cast<const char*>(samples.data()), static_cast<std::streamsize>(samples.size() * 2));
}

}  // namespace

double rate_of(const std::string& text) {
  const auto slash = text.find('/');
  return std::strtod(text.c_str(), nullptr) / (slash == std::string::npos ? 1 : std::strtod(text.c_str() + slash + 1, nullptr));
}

void write_recording(const std::string& path, const RecordingPlan& plan) {
  const std::string sound = path + ".s16";
  std::string command =
      "ffmpeg -v error -y -f rawvideo -pix_fmt gray -s " + std::to_string(plan.width) + "x" + std::to_string(plan.height) + " -r " + plan.rate + " -i -";
  if (!plan.sound.empty()) {
    write_sound(sound, plan);
    command += " -f s16le -ar 48000 -ac 2 -i " + quoted(sound);
  }
  command += " -map 0:v -pix_fmt yuv420p";
  if (plan.is_variable) command += " -vf \"select='not(eq(mod(n,7),3))'\" -vsync vfr";
  for (const auto& word : plan.picture) command += " " + quoted(word);
  if (!plan.sound.empty()) command += " -map 1:a";
  for (const auto& word : plan.sound) command += " " + quoted(word);
  const std::string errors = path + ".err";
  FILE* pipe = popen((command + " " + quoted(path) + " >" + quoted(errors) + " 2>&1").c_str(), "w");
  if (pipe == nullptr) throw std::runtime_error("cannot start ffmpeg");
  std::signal(SIGPIPE, SIG_IGN);  // ffmpeg refused: its words tell why
  std::vector<std::uint8_t> picture(static_cast<std::size_t>(plan.width * plan.height));
  for (int i = 0; i < plan.frames; ++i) {
    if (plan.slides.empty()) {
      draw(picture, plan, plan.first + i);
    } else {
      const double t = (plan.first + i) / rate_of(plan.rate);
      draw_slide(picture, plan, static_cast<int>(std::ranges::count_if(plan.slides, [&](double from) { return from <= t + 1e-9; })));
    }
    if (fwrite(picture.data(), 1, picture.size(), pipe) != picture.size()) break;
  }
  const int status = pclose(pipe);
  std::ifstream file(errors);
  std::stringstream words;
  words << file.rdbuf();
  unlink(errors.c_str());
  unlink(sound.c_str());
  if (status != 0) throw std::runtime_error(command + ": " + words.str());
}

std::vector<int> read_numbers(const std::string& path) {
  // Blocks as single pixels: scaled down by their size, the area's mean.
  const std::string raw = output_of("ffmpeg -v error -xerror -i " + quoted(path) + " -map 0:v:0 -vf \"crop=" + std::to_string(bits * block_width) + ":" +
                                    std::to_string(block_height) + ":0:0,scale=" + std::to_string(bits) +
                                    ":1:flags=area,format=gray,settb=1/1000,setpts=N*1000\" -vsync passthrough -f rawvideo -");
  std::vector<int> out;
  for (std::size_t at = 0; at + bits <= raw.size(); at += bits) {
    int number = 0;
    for (int b = 0; b < bits && number >= 0; ++b) {
      const auto value = static_cast<unsigned char>(raw[at + static_cast<std::size_t>(b)]);
      if (value > 80 && value < 170)
        number = -1;
      else if (value >= 170)
        number |= 1 << b;
    }
    out.push_back(number);
  }
  return out;
}

std::vector<int> read_brightness(const std::string& path, int x, int y) {
  // Four samples of brightness, and two of colour.
  const std::string raw = output_of("ffmpeg -v error -xerror -i " + quoted(path) + " -map 0:v:0 -vf \"crop=2:2:" + std::to_string(x) + ":" + std::to_string(y) +
                                    ":exact=1,format=yuv420p,settb=1/1000,setpts=N*1000\" -vsync passthrough -f rawvideo -");
  std::vector<int> out;
  for (std::size_t at = 0; at + 6 <= raw.size(); at += 6) {
    int sum = 0;
    for (std::size_t i = 0; i < 4; ++i) sum += static_cast<unsigned char>(raw[at + i]);
    out.push_back((sum + 2) / 4);
  }
  return out;
}

std::vector<double> read_times(const std::string& path) {
  const std::string words = output_of("ffprobe -v error -select_streams v:0 -show_entries frame=pts_time -of csv=p=0 " + quoted(path));
  std::vector<double> out;
  std::istringstream lines(words);
  for (std::string line; std::getline(lines, line);)
    if (!line.empty()) out.push_back(std::strtod(line.c_str(), nullptr));
  for (std::size_t i = out.size(); i-- > 0;) out[i] -= out.front();
  return out;
}

std::vector<std::pair<double, std::string>> read_chapters(const std::string& path) {
  const std::string words = output_of("ffprobe -v error -show_chapters -show_entries chapter=start_time:chapter_tags=title -of csv=p=0 " + quoted(path));
  std::vector<std::pair<double, std::string>> out;
  std::istringstream lines(words);
  for (std::string line; std::getline(lines, line);)
    if (const auto comma = line.find(','); comma != std::string::npos) out.emplace_back(std::strtod(line.c_str(), nullptr), line.substr(comma + 1));
  return out;
}

std::vector<double> read_sound(const std::string& path) {
  // Silence in front where the sound begins later than the file.
  const std::string raw = output_of("ffmpeg -v error -i " + quoted(path) + " -map 0:a:0 -af aresample=48000:async=1:first_pts=0 -ac 1 -f s16le -");
  std::vector<double> out;
  for (std::size_t i = 0; 2 * i + 1 < raw.size(); ++i)
    out.push_back(static_cast<std::int16_t>(static_cast<unsigned char>(raw[2 * i]) | (static_cast<unsigned char>(raw[2 * i + 1]) << 8U)) / 32768.0);
  return out;
}

std::vector<double> read_beeps(const std::string& path) {
  const auto sound = read_sound(path);
  std::vector<double> out;
  double level = 0;
  std::size_t quiet = 48000;
  for (std::size_t i = 0; i < sound.size(); ++i) {
    level = std::max(std::fabs(sound[i]), level * 0.998);
    if (level < 0.12) {
      ++quiet;
    } else {
      if (quiet > 4800) out.push_back(static_cast<double>(i) / 48000);
      quiet = 0;
    }
  }
  return out;
}

}  // namespace confer::test
