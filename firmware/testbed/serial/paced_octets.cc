#include "firmware/testbed/serial/paced_octets.h"

#include <algorithm>

#include "firmware/base/check.h"

namespace vmodem::testbed {
namespace {

// What has gone is moved out of the way when it is as much as this and no less than what is left.
constexpr std::size_t kHistorySizeMax = 4 * 1024;

}  // namespace

void PacedOctets::set_chunks(Instant now, const Chunks& chunks) {
  now_ = now;
  chunks_ = chunks;
  piece_size_ = 0;
  next_piece_at_ = now;
}

void PacedOctets::set_baud(Instant now, const Baud& baud) {
  now_ = now;
  baud_ = baud;
  sending_since_ = now;
}

void PacedOctets::append(Instant now, ByteView octets) {
  now_ = now;
  if (size() == 0) sending_since_ = now;
  octets_.insert(octets_.end(), octets.begin(), octets.end());
}

std::size_t PacedOctets::sent_count() const {
  if (baud_.rate == 0) return size();
  const auto count = static_cast<std::uint64_t>((now_ - sending_since_) / octet_time());
  return static_cast<std::size_t>(std::min<std::uint64_t>(count, size()));
}

ByteView PacedOctets::poll(Instant now) {
  now_ = now;
  auto count = sent_count();
  if (chunks_.size_max != 0) {
    const bool begins = piece_size_ == 0 && count != 0 && now >= next_piece_at_;
    if (begins) {
      const auto wanted = 1 + random_.below(RandomStream::kChunk, chunks_.size_max);
      piece_size_ = static_cast<std::size_t>(std::min<std::uint64_t>(wanted, count));
    }
    count = std::min(count, piece_size_);
  }
  polled_size_ = count;
  return ByteView(octets_).subspan(written_, count);
}

void PacedOctets::handle_written(std::size_t count) {
  BG_CHECK(count <= polled_size_, "only what was polled can have been written");
  if (count == 0) return;
  polled_size_ -= count;
  written_ += count;
  if (baud_.rate != 0) {
    const auto sending_time = static_cast<Duration::rep>(count) * octet_time();
    sending_since_ = std::min(now_, sending_since_ + sending_time);
  }
  piece_size_ -= std::min(count, piece_size_);
  next_piece_at_ = now_ + chunks_.pause;
  if (size() != 0 && (written_ < kHistorySizeMax || written_ < size())) return;
  octets_.erase(octets_.begin(), octets_.begin() + static_cast<std::ptrdiff_t>(written_));
  written_ = 0;
}

std::optional<Instant> PacedOctets::poll_timeout() const {
  if (size() == 0) return std::nullopt;
  auto at = now_;
  if (baud_.rate != 0) at = std::max(at, sending_since_ + octet_time());
  if (chunks_.size_max != 0 && piece_size_ == 0) at = std::max(at, next_piece_at_);
  if (at == now_) return std::nullopt;
  return at;
}

void PacedOctets::clear() {
  octets_.clear();
  written_ = 0;
  polled_size_ = 0;
  piece_size_ = 0;
}

}  // namespace vmodem::testbed
