#include "firmware/testbed/serial/serial_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "firmware/base/check.h"
#include "firmware/base/overloaded.h"
#include "firmware/testbed/serial/receive_length.h"

namespace vmodem::testbed {
namespace {

constexpr auto kStream = RandomStream::kFault;
constexpr std::uint8_t kCommandEnd = '\r';
constexpr std::size_t kShownSizeMax = 60;

// The first line of what has words, for one line of a log.
std::string shown(ByteView octets) {
  const auto is_printable = [](std::uint8_t octet) { return octet >= 0x20 && octet < 0x7F; };
  const auto begin = std::ranges::find_if(octets, is_printable);
  const auto end = std::find_if_not(begin, octets.end(), is_printable);
  std::string text(begin, end);
  if (text.size() <= kShownSizeMax) return text;
  return text.substr(0, kShownSizeMax) + "...";
}

bool is_duration(Duration duration) {
  return duration >= Duration::zero() && duration <= SerialLine::kDurationMax;
}

bool is_allowed(const SerialFault& fault) {
  return std::visit(Overloaded{[](const Garbage& garbage) {
                                 return garbage.count <= SerialLine::kGarbageSizeMax;
                               },
                               [](const DelayUrc& delay) { return is_duration(delay.delay); },
                               [](const PlaceUrc& place) { return is_duration(place.wait_max); },
                               [](const Chunks& chunks) { return is_duration(chunks.pause); },
                               [](const auto&) { return true; }},
                    fault);
}

// The first of each kind among those that wait and concern one thing.
template <class Fault, class Concerns>
std::vector<Fault> take_first_of_each(std::vector<Fault>& waiting, Concerns concerns) {
  std::vector<Fault> taken;
  std::vector<Fault> left;
  for (const auto& fault : waiting) {
    const bool is_first = std::ranges::none_of(
        taken, [&](const Fault& other) { return other.index() == fault.index(); });
    (is_first && concerns(fault) ? taken : left).push_back(fault);
  }
  waiting = std::move(left);
  return taken;
}

// Null where there is none of this kind.
template <class Kind, class Fault>
const Kind* find(const std::vector<Fault>& faults) {
  const auto is_it = [](const Fault& fault) { return std::holds_alternative<Kind>(fault); };
  const auto found = std::ranges::find_if(faults, is_it);
  return found == faults.end() ? nullptr : &std::get<Kind>(*found);
}

}  // namespace

void SerialLine::push(Instant now, const at::SerialSegment& segment) {
  BG_CHECK(has_room(), "the driver asks for room before it pushes");
  now_ = now;
  if (segment.octets.empty()) return;
  write_due(now);
  write_garbage(now);
  if (rates_.agree()) return push_whole(now, segment);

  misread_ = misread(segment.octets, rates_.module, rates_.host);
  push_whole(now, {segment.kind, misread_, segment.mark});
}

void SerialLine::push_whole(Instant now, const at::SerialSegment& segment) {
  if (segment.kind == at::SegmentKind::kUrc) return push_urc(now, segment.octets);
  if (segment.kind == at::SegmentKind::kEcho) return push_echo(now, segment.octets);

  is_echo_open_ = false;
  if (segment.kind == at::SegmentKind::kFinalResult) return push_result(now, segment.octets);
  result_at_.reset();
  output_.append(now, segment.octets);
  if (segment.kind == at::SegmentKind::kInformation) write_held_at(now, UrcPlace::kInsideAnswer);
}

// Host and module may be ahead of the line: one segment can echo several command lines.
void SerialLine::push_echo(Instant now, ByteView echo) {
  result_at_.reset();
  while (!echo.empty()) {
    const auto end = std::ranges::find(echo, kCommandEnd);
    const auto size = static_cast<std::size_t>(end - echo.begin()) + (end != echo.end() ? 1 : 0);
    push_echo_of_line(now, echo.first(size));
    echo = echo.subspan(size);
  }
}

void SerialLine::push_echo_of_line(Instant now, ByteView part) {
  const bool begins = !is_echo_open_;
  is_echo_open_ = part.back() != kCommandEnd;
  const bool is_blank_line = begins && part.front() == kCommandEnd;
  if (is_blank_line) return output_.append(now, part);

  if (begins) write_held_at(now, UrcPlace::kBeforeEcho);
  const std::size_t first_cut = begins ? 1 : 0;
  if (held_.waits_for(UrcPlace::kInsideEcho) && part.size() > first_cut) {
    const auto cut =
        first_cut + static_cast<std::size_t>(random_.below(kStream, part.size() - first_cut));
    output_.append(now, part.first(cut));
    write_held_at(now, UrcPlace::kInsideEcho);
    part = part.subspan(cut);
  }
  output_.append(now, part);
}

void SerialLine::push_result(Instant now, ByteView result) {
  result_at_.reset();
  const auto faults = take_first_of_each(result_faults_, [](const ResultFault&) { return true; });
  if (find<DropResult>(faults) != nullptr) return report(SerialEventKind::kResultDropped, result);
  if (find<DoubleResult>(faults) != nullptr) {
    report(SerialEventKind::kResultDoubled, result);
    output_.append(now, result);
  }
  output_.append(now, result);
  result_at_ = now;
  write_held_at(now, UrcPlace::kBehindResult);
}

void SerialLine::push_urc(Instant now, ByteView urc) {
  const auto faults = take_first_of_each(urc_faults_, [urc](const UrcFault& fault) {
    const auto* change = std::get_if<WrongReceiveLength>(&fault);
    return change == nullptr || with_receive_length_changed(urc, change->delta).has_value();
  });
  if (faults.empty()) return write_urc(now, urc);
  if (find<DropUrc>(faults) != nullptr) return report(SerialEventKind::kUrcDropped, urc);

  Bytes octets(urc.begin(), urc.end());
  if (const auto* change = find<WrongReceiveLength>(faults)) {
    report(SerialEventKind::kReceiveLengthChanged, urc);
    octets = with_receive_length_changed(urc, change->delta).value();
  }
  if (const auto* truncation = find<TruncateUrc>(faults)) {
    report(SerialEventKind::kUrcTruncated, urc);
    octets.resize(kept_size(*truncation, octets.size()));
  }
  place_urc(now, faults, octets);
  if (find<DoubleUrc>(faults) == nullptr) return;
  report(SerialEventKind::kUrcDoubled, urc);
  place_urc(now, faults, octets);
}

// Where and when these faults want it.
void SerialLine::place_urc(Instant now, const std::vector<UrcFault>& faults, const Bytes& urc) {
  if (const auto* place = find<PlaceUrc>(faults)) {
    return hold(now, {urc, now + place->wait_max, place->place});
  }
  if (const auto* delay = find<DelayUrc>(faults)) {
    return hold(now, {urc, now + delay->delay, std::nullopt});
  }
  write_urc(now, urc);
}

std::size_t SerialLine::kept_size(const TruncateUrc& fault, std::size_t urc_size) {
  const auto size_max = urc_size - std::min(urc_size, kLineEndSize);
  if (fault.kept) return std::min<std::size_t>(*fault.kept, size_max);
  if (size_max == 0) return 0;
  return 1 + static_cast<std::size_t>(random_.below(kStream, size_max));
}

void SerialLine::write_garbage(Instant now) {
  if (garbage_size_ == 0) return;
  Bytes garbage(std::exchange(garbage_size_, 0));
  random_.fill(kStream, garbage);
  output_.append(now, garbage);
  report(SerialEventKind::kGarbageWritten, garbage);
}

void SerialLine::write_urc(Instant now, ByteView urc) {
  if (held_.empty()) return output_.append(now, urc);
  hold(now, {Bytes(urc.begin(), urc.end()), now, std::nullopt, false});
}

void SerialLine::hold(Instant now, HeldUrc urc) {
  if (!held_.has_room()) write_all_held(now);
  if (urc.is_own) report(SerialEventKind::kUrcHeld, urc.octets);
  held_.push(std::move(urc));
  write_due(now);
  if (result_at_ == now) write_held_at(now, UrcPlace::kBehindResult);
}

void SerialLine::write_due(Instant now) {
  while (const auto urc = held_.take_due(now)) {
    write_held(now, *urc, SerialEventKind::kUrcReleased);
  }
}

void SerialLine::write_held_at(Instant now, UrcPlace place) {
  while (held_.waits_for(place)) {
    write_held(now, *held_.take(), SerialEventKind::kUrcPlaced);
    write_due(now);
  }
}

void SerialLine::write_all_held(Instant now) {
  while (const auto urc = held_.take()) write_held(now, *urc, SerialEventKind::kUrcReleased);
}

void SerialLine::write_held(Instant now, const HeldUrc& urc, SerialEventKind why) {
  output_.append(now, urc.octets);
  if (urc.is_own) report(why, urc.octets);
}

ByteView SerialLine::poll(Instant now) {
  now_ = now;
  write_due(now);
  return output_.poll(now);
}

std::optional<Instant> SerialLine::poll_timeout() const {
  return earliest(output_.poll_timeout(), held_.poll_timeout());
}

ByteView SerialLine::receive(Instant now, ByteView octets) {
  now_ = now;
  const auto sent = faulty_input(octets);
  if (rates_.agree()) return sent;

  misread_ = misread(sent, rates_.host, rates_.module);
  return misread_;
}

ByteView SerialLine::faulty_input(ByteView octets) {
  const auto dropped = std::min<std::uint64_t>(input_drop_count_, octets.size());
  if (dropped != 0) {
    input_drop_count_ -= dropped;
    report(SerialEventKind::kInputDropped, octets.first(dropped));
    octets = octets.subspan(dropped);
  }
  const auto garbled = std::min<std::uint64_t>(input_garble_count_, octets.size());
  if (garbled == 0) return octets;

  input_garble_count_ -= garbled;
  report(SerialEventKind::kInputGarbled, octets.first(garbled));
  garbled_.assign(octets.begin(), octets.end());
  for (std::size_t i = 0; i < garbled; ++i) {
    garbled_[i] ^= static_cast<std::uint8_t>(1 + random_.below(kStream, 255));
  }
  return garbled_;
}

bool SerialLine::inject(Instant now, const SerialFault& fault) {
  now_ = now;
  if (!is_allowed(fault)) return false;
  if (!has_room_for(fault)) {
    log_.report(SerialEventKind::kFaultLeftOut,
                fmt::format("{}: too many wait", describe(SerialEventKind::kFaultLeftOut)));
    return false;
  }
  std::visit(Overloaded{[&](const Garbage& garbage) { garbage_size_ += garbage.count; },
                        [&](const DropResult& drop) { result_faults_.push_back(drop); },
                        [&](const DoubleResult& twice) { result_faults_.push_back(twice); },
                        [&](const Chunks& chunks) { output_.set_chunks(now, chunks); },
                        [&](const Baud& baud) { output_.set_baud(now, baud); },
                        [&](const DropInput& drop) { input_drop_count_ += drop.count; },
                        [&](const GarbleInput& garble) { input_garble_count_ += garble.count; },
                        [&](const auto& of_urc) { urc_faults_.push_back(of_urc); }},
             fault);
  return true;
}

bool SerialLine::has_room_for(const SerialFault& fault) const {
  const bool has_room = urc_faults_.size() + result_faults_.size() < kFaultCountMax;
  return std::visit(
      Overloaded{
          [&](const Garbage& garbage) { return garbage.count <= kGarbageSizeMax - garbage_size_; },
          [](const Chunks&) { return true; }, [](const Baud&) { return true; },
          [](const DropInput&) { return true; }, [](const GarbleInput&) { return true; },
          [&](const auto&) { return has_room; }},
      fault);
}

void SerialLine::drop_output() {
  output_.clear();
  held_ = {};
  is_echo_open_ = false;
  result_at_.reset();
}

void SerialLine::clear() {
  garbage_size_ = 0;
  result_faults_.clear();
  urc_faults_.clear();
  input_drop_count_ = 0;
  input_garble_count_ = 0;
  output_.set_chunks(now_, {});
  output_.set_baud(now_, {});
  write_all_held(now_);
}

void SerialLine::report(SerialEventKind kind, ByteView about) {
  log_.report(kind,
              fmt::format("{} \"{}\" ({} octets)", describe(kind), shown(about), about.size()));
}

}  // namespace vmodem::testbed
