#include "at_engine/serial_output.h"

#include <fmt/format.h>

#include "firmware/base/check.h"

namespace vmodem::at {
namespace {

// A line, a result and a URC each stay a segment of their own.
constexpr bool is_continued(SegmentKind kind) {
  switch (kind) {
    case SegmentKind::kEcho:
    case SegmentKind::kPrompt:
    case SegmentKind::kRaw:
      return true;
    case SegmentKind::kInformation:
    case SegmentKind::kFinalResult:
    case SegmentKind::kUrc:
      break;
  }
  return false;
}

}  // namespace

bool SerialOutput::has_room(std::size_t size) const {
  switch (answer_) {
    case Answer::kNone:
      return pending().size() + size <= kSizeMax;
    case Answer::kKept:
      return true;
    case Answer::kDropped:
      break;
  }
  return false;
}

void SerialOutput::append(SegmentKind kind, std::uint64_t mark,
                          std::initializer_list<std::string_view> parts) {
  std::size_t size = 0;
  for (const auto part : parts) size += part.size();
  if (size == 0) return;
  if (!has_room(size)) {
    dropped_count_ += size;
    return;
  }
  for (const auto part : parts) pending_.append(part);
  const bool goes_on = is_continued(kind) && !extents_.empty() && extents_.back().kind == kind;
  if (!goes_on) extents_.push_back({kind, 0, mark});
  if (kind == SegmentKind::kUrc) ++urc_count_;
  extents_.back().size += static_cast<std::uint32_t>(size);
}

std::optional<SerialSegment> SerialOutput::front_segment() const {
  if (extents_.empty()) return std::nullopt;
  const auto& front = extents_.front();
  return SerialSegment{front.kind, pending().first(front.size), front.mark};
}

void SerialOutput::handle_written(std::size_t count) {
  BG_CHECK(count <= pending_.size() - written_, "only what was polled can have been written");
  written_ += count;
  if (written_ < pending_.size()) {
    forget_extents(count);
    // Half the buffer is history: move the rest down, so that it never grows past its bound.
    if (written_ < kSizeMax) return;
    pending_.erase(0, written_);
  } else {
    pending_.clear();
    extents_.clear();
    urc_count_ = 0;
  }
  written_ = 0;
}

void SerialOutput::forget_extents(std::size_t count) {
  for (; count >= extents_.front().size; extents_.pop_front()) {
    count -= extents_.front().size;
    if (extents_.front().kind == SegmentKind::kUrc) --urc_count_;
  }
  extents_.front().size -= static_cast<std::uint32_t>(count);
}

void SerialOutput::framed(SegmentKind kind, std::string_view text) {
  const auto end = line_end();
  append(kind, {end, text, end});
}

std::string SerialOutput::number_text(FinalResult result) const {
  return fmt::format("{}{}", result_text(result).number, settings_.terminator);
}

void SerialOutput::echo(std::string_view octets) {
  if (settings_.echo) append(SegmentKind::kEcho, {octets});
}

void SerialOutput::raw(std::string_view octets) {
  append(SegmentKind::kRaw, {octets});
}

void SerialOutput::prompt(const PromptForm& form) {
  append(SegmentKind::kPrompt, {form.line_end ? line_end() : "", form.blank ? "> " : ">"});
}

void SerialOutput::connect(std::string_view text) {
  if (settings_.quiet) return;
  if (settings_.verbose) return framed(SegmentKind::kPrompt, text);
  append(SegmentKind::kPrompt, {number_text(FinalResult::kConnect)});
}

void SerialOutput::information(std::span<const std::string> lines) {
  // One leading line end, lines joined by one (quectel-at.md §1.2); ATV0 leaves the leading one
  // out.
  const auto end = line_end();
  auto lead = settings_.verbose ? std::string_view(end) : std::string_view{};
  for (const auto& line : lines) {
    append(SegmentKind::kInformation, {lead, line, end});
    lead = {};
  }
}

void SerialOutput::result(FinalResult result) {
  if (settings_.quiet) return;

  if (settings_.verbose) return framed(SegmentKind::kFinalResult, result_text(result).text);
  append(SegmentKind::kFinalResult, {number_text(result)});
}

void SerialOutput::error(const CmeError& cause) {
  if (settings_.errors == CmeLevel::kOff) return result(FinalResult::kError);
  // ATV0 leaves the words of +CME ERROR and their framing alone; ATQ1 hides it as any final result.
  if (!settings_.quiet) framed(SegmentKind::kFinalResult, cme_text(cause, settings_.errors));
}

void SerialOutput::urc(const Urc& urc) {
  const auto end = line_end();
  const auto payload_end = urc.payload.empty() ? std::string_view{} : std::string_view(end);
  append(SegmentKind::kUrc, urc.mark, {end, urc.text, end, as_text(urc.payload), payload_end});
}

}  // namespace vmodem::at
