// The body of an HTTP/1.1 answer (RFC 9112 §6, §7.1) out of what comes, however it is cut.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "firmware/base/expected.h"

namespace vmodem::ctl {

struct AnswerHead {
  int status = 0;
  bool is_chunked = false;
  std::optional<std::uint64_t> size{};  // nothing: up to the end of the connection
};

// `text` without the empty line behind it.
[[nodiscard]] std::optional<AnswerHead> parse_answer_head(std::string_view text);

class BodyReader {
 public:
  explicit BodyReader(const AnswerHead& head)
      : is_chunked_(head.is_chunked), left_(head.is_chunked ? 0 : head.size) {}

  // Takes what it can off the front of `waiting`, and gives what of that is body.
  [[nodiscard]] std::string take(std::string& waiting);
  [[nodiscard]] bool is_over() const;
  // What came is no body.
  [[nodiscard]] bool is_broken() const { return is_broken_; }
  // The body lasts as long as the connection.
  [[nodiscard]] bool ends_with_connection() const { return !is_chunked_ && !left_; }

 private:
  [[nodiscard]] bool begin_chunk(std::string& waiting);

  bool is_chunked_;
  std::optional<std::uint64_t> left_;  // of the body, or of the chunk
  bool is_line_end_due_ = false;       // behind a chunk
  bool is_last_ = false;               // the chunk of size zero has come
  bool is_broken_ = false;
};

}  // namespace vmodem::ctl
