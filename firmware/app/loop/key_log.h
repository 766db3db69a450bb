// The NSS key log that decrypts captures of DTLS sessions. Made only where the user asks for it.
#pragma once

#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

#include "firmware/base/expected.h"

namespace vmodem::app {

class KeyLogFile {
 public:
  // Appends to `path`, which from then on only its owner reads. A link, another user's file and
  // whatever is no regular file are refused. The error is one phrase.
  [[nodiscard]] static Expected<KeyLogFile, std::string> open(const std::string& path);

  // One line, in the file when this returns, so that a capture can be read while the session runs.
  void write(std::string_view line);

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  explicit KeyLogFile(std::FILE* file) : file_(file) {}

  std::unique_ptr<std::FILE, Close> file_;
};

}  // namespace vmodem::app
