// The word that clients of the control interface know, in a file that only its user reads.
#pragma once

#include <string>

#include "firmware/base/expected.h"

namespace vmodem::app {

// A word that nobody can guess.
[[nodiscard]] std::string draw_word();

class Token {
 public:
  static constexpr std::size_t kSizeMin = 16;
  static constexpr std::size_t kSizeMax = 1024;

  // What the file says; made, with a word that nobody can guess, where there is none. It must be a
  // regular file of this user that nobody else may read. The error is one phrase, without the word.
  [[nodiscard]] static Expected<Token, std::string> of_file(const std::string& path);
  // A file that goes with this, where only this user looks: below XDG_RUNTIME_DIR, or else in a
  // directory of its own.
  [[nodiscard]] static Expected<Token, std::string> of_own_file();

  ~Token();
  Token(Token&& other) noexcept;
  Token& operator=(Token&&) = delete;

  [[nodiscard]] const std::string& word() const { return word_; }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  Token(std::string path, std::string word) : path_(std::move(path)), word_(std::move(word)) {}

  std::string path_;
  std::string word_;
  std::string folder_;  // made for it; empty: none
};

}  // namespace vmodem::app
