#include "firmware/app/control/window.h"

#include <vector>

#include "tests/support/catch.h"

using namespace vmodem::app;

namespace {

const std::string kWord = "0123456789abcdef0123456789abcdef";
const HttpField kHost{"Host", "127.0.0.1:8080"};

constexpr HttpFile kFiles[] = {{"/assets/app.js", "text/javascript", "script"},
                               {"/index.html", "text/html", "page"}};

// Stands for the control interface: it asks for the word, and answers "behind".
class Behind final : public HttpHandler {
 public:
  std::optional<HttpAnswer> refuse(const HttpHead& head) noexcept override {
    return gate_.refuse(head);
  }
  HttpAnswer handle(const HttpHead&, std::string_view) noexcept override {
    return {200, {}, "behind", nullptr};
  }

 private:
  Gate gate_{false, kWord};
};

std::string ask(const char* method, const std::string& target, std::vector<HttpField> fields) {
  Behind behind;
  Window window(kFiles, Gate(false, kWord), behind);
  const HttpHead head{method, target, fields};
  if (const auto refusal = window.refuse(head)) return std::to_string(refusal->status);
  return window.handle(head, {}).body;
}

}  // namespace

TEST_CASE("the link alone gets the page") {
  CHECK(ask("GET", "/?token=" + kWord, {kHost}) == "page");
  CHECK(ask("HEAD", "/?token=" + kWord, {kHost}) == "page");
  for (const auto& target : {std::string("/"), std::string("/?token="), "/?token=" + kWord + "0",
                             "/?token=" + kWord.substr(1), "/?word=" + kWord, "/x?token=" + kWord,
                             std::string("/index.html"), std::string("/%zz?token=") + kWord}) {
    INFO(target);
    CHECK(ask("GET", target, {kHost}) == "401");
  }
  CHECK(ask("POST", "/?token=" + kWord, {kHost}) == "401");
}

TEST_CASE("a file of the page is for everybody who may call") {
  CHECK(ask("GET", "/assets/app.js", {kHost}) == "script");
  CHECK(ask("POST", "/assets/app.js", {kHost}) == "401");
  CHECK(ask("GET", "/assets/app.js?x", {kHost}) == "401");
  CHECK(ask("GET", "/assets/other.js", {kHost}) == "401");
}

TEST_CASE("all else is the control interface, for who knows the word") {
  const HttpField word{"Authorization", "Bearer 0123456789abcdef0123456789abcdef"};
  CHECK(ask("GET", "/state", {kHost}) == "401");
  CHECK(ask("GET", "/state", {kHost, word}) == "behind");
  CHECK(ask("GET", "/", {kHost, word}) == "behind");
}

TEST_CASE("strangers get nothing, whatever they know") {
  for (const auto& target :
       {"/?token=" + kWord, std::string("/assets/app.js"), std::string("/state")}) {
    INFO(target);
    CHECK(ask("GET", target, {{"Host", "example.com"}}) == "403");
    CHECK(ask("GET", target, {}) == "403");
    CHECK(ask("GET", target, {kHost, {"Origin", "http://example.com"}}) == "403");
  }
}

TEST_CASE("a body is refused where it is too large, with the page too") {
  const HttpField large{"Content-Length", "99999999"};
  CHECK(ask("GET", "/?token=" + kWord, {kHost, large}) == "413");
  CHECK(ask("GET", "/assets/app.js", {kHost, large}) == "413");
}
