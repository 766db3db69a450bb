#include "firmware/app/control/window.h"

#include <algorithm>
#include <string>

#include "firmware/app/control/problem.h"
#include "firmware/control/target.h"

namespace vmodem::app {
namespace {

constexpr std::string_view kPagePath = "/index.html";

// Nothing from elsewhere, nothing inline, no frame around it.
constexpr const char* kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

bool is_reading(const HttpHead& head) {
  return head.method == "GET" || head.method == "HEAD";
}

// What the link says; nothing: this is not the link.
std::optional<std::string> word_of_link(const HttpHead& head) {
  if (!is_reading(head)) return std::nullopt;
  const auto target = control::parse_target(head.target);
  if (!target || target->path != "/") return std::nullopt;
  const auto word = target->query.find("token");
  if (word == target->query.end()) return std::nullopt;
  return word->second;
}

HttpAnswer answer_file(const HttpFile& file) {
  auto answer = make_answer(200, file.content_type, std::string(file.octets));
  answer.fields.emplace_back("Content-Encoding", "gzip");
  answer.fields.emplace_back("Content-Security-Policy", kPolicy);
  // The word of the link goes nowhere else, and no other page reads this one.
  answer.fields.emplace_back("Referrer-Policy", "no-referrer");
  answer.fields.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
  answer.fields.emplace_back("Cross-Origin-Resource-Policy", "same-origin");
  return answer;
}

}  // namespace

std::optional<HttpAnswer> Window::refuse(const HttpHead& head) noexcept {
  if (auto refusal = gate_.refuse_stranger(head)) return refusal;
  if (find_file(head) != nullptr) return Gate::refuse_body(head);
  const auto word = word_of_link(head);
  if (!word) return behind_.refuse(head);
  if (!gate_.is_word(*word)) {
    return to_answer({401, "the link is not of this run", "token", "the link that vmodem printed"});
  }
  return Gate::refuse_body(head);
}

HttpAnswer Window::handle(const HttpHead& head, std::string_view body) noexcept {
  if (const auto* file = find_file(head)) return answer_file(*file);
  if (!word_of_link(head)) return behind_.handle(head, body);
  return answer_file(*std::ranges::find(page_, kPagePath, &HttpFile::path));
}

// The page itself has no name but the link.
const HttpFile* Window::find_file(const HttpHead& head) const {
  if (!is_reading(head) || head.target == kPagePath) return nullptr;
  const auto file = std::ranges::find(page_, head.target, &HttpFile::path);
  return file == page_.end() ? nullptr : &*file;
}

}  // namespace vmodem::app
