// A slot as its form shows and sends it.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>
#include "http/message.h"
#include "programme/programme.h"

namespace confer::programme {

/// "0 5 State of the compiler | Ada, Bob", one line a part.
std::string parts_to_lines(const std::vector<Part>& parts);
/// Errors: invalid – the line that is not as said, under the field "parts". A part that keeps its title, its speakers or its time keeps its anchor, and with
/// that its video.
Result<std::vector<Part>> parts_of_lines(std::string_view lines, const std::vector<Part>& before);

/// The slot that the form describes, starting from what is stored. An empty length means `usual`, else half an hour. Errors: invalid, all problems by field.
Result<DraftSlot> slot_in_form(const http::Fields& form, const events::Event& event, DraftSlot stored, std::optional<minutes> usual);
/// The same as the rules see it.
Slot as_planned(const DraftSlot& slot, const std::vector<talks::Talk>& talks, const std::vector<events::Room>& rooms);

}  // namespace confer::programme
