#include "tools/conform/language/source.h"

#include <fmt/format.h>

#include "tests/support/catch.h"
#include "tools/conform/language/names.h"

namespace vmodem::conform {
namespace {

const Includer kNothing = [](const std::string&, std::string_view path) -> Expected<Included, Fault> {
  return unexpected(Fault{fmt::format("no {}", path), "a file"});
};

std::vector<std::string> texts_of(const Source& source) {
  std::vector<std::string> texts;
  for (const auto& line : source.lines) texts.push_back(line.text);
  return texts;
}

TEST_CASE("a table's steps are there once a row, with the row's values") {
  const auto source = read_source(
      "# limits\neach n | answer\n| -1 | ERROR\n| 0..1 | OK\n\n> AT${n:x2}\n< ${answer}\nend\n> AT\n",
      kNothing);
  REQUIRE_FALSE(source);
  CHECK(source.error().line == 6);  // -1 has no hex digits

  const auto right =
      read_source("# limits\neach n | answer\n| -1 | ERROR\n| 0..1 | OK\n> AT${n}\n\n< ${answer}\nend\n> AT\n",
                  kNothing);
  REQUIRE(right);
  CHECK_FALSE(right->is_plain);
  CHECK(texts_of(*right) ==
        std::vector<std::string>{"> AT-1", "< ERROR", "> AT0", "< OK", "> AT1", "< OK", "> AT"});
  CHECK(right->lines[0].title == "limits: n=-1, answer=ERROR");
  CHECK(right->lines[0].check == right->lines[1].check);
  CHECK(right->lines[1].check != right->lines[2].check);
  CHECK(right->lines[6].check != right->lines[5].check);
  CHECK(right->lines[5].number == 7);
}

TEST_CASE("two ranges of a row are every pair") {
  const auto source = read_source("each a | b\n| 0..1 | 5..7\n> ${a}${b}\nend\n", kNothing);
  REQUIRE(source);
  CHECK(texts_of(*source) ==
        std::vector<std::string>{"> 05", "> 06", "> 07", "> 15", "> 16", "> 17"});
}

TEST_CASE("names of a table end with it, others stay for later lines to mean") {
  const auto source =
      read_source("let n=9\neach n\n| 1\n> ${n}${caught}\nend\n> ${n}\n", kNothing);
  REQUIRE(source);
  CHECK(texts_of(*source) == std::vector<std::string>{"> 1${caught}", "> 9"});
}

TEST_CASE("what is wrong with a table or a name is told with its line") {
  struct Mistake {
    std::string text;
    std::size_t line;
  };
  const auto mistake = GENERATE(
      Mistake{"each\n| 1\nend\n", 1}, Mistake{"each a | a\n| 1 | 2\nend\n", 1},
      Mistake{"each a\n| 1 | 2\nend\n", 2}, Mistake{"each a\n> AT\nend\n", 1},
      Mistake{"each a\n| 1\n> AT\n", 1}, Mistake{"each a\n| 3..1\n> AT\nend\n", 2},
      Mistake{"each a\n| 0..65536\n> AT\nend\n", 2},
      Mistake{"each a | b\n| 0..999 | 0..999\n> AT\nend\n", 2},
      Mistake{"each a\n| 1\neach b\n| 2\n> AT\nend\nend\n", 3}, Mistake{"let a\n", 1},
      Mistake{"let 1=2\n", 1}, Mistake{"let a=x\n> ${a:x2}\n", 2}, Mistake{"include other.at\n", 1});
  INFO(mistake.text);
  const auto source = read_source(mistake.text, kNothing);
  REQUIRE_FALSE(source);
  CHECK(source.error().line == mistake.line);
  CHECK_FALSE(source.error().fault.right.empty());
}

TEST_CASE("an included file's lines are told by its name, and none includes itself for ever") {
  const Includer includer = [](const std::string& from, std::string_view path) {
    const std::string text = path == "self.at" ? "include self.at\n" : "> AT\n< OK\n";
    return Expected<Included, Fault>(Included{from + "/" + std::string(path), text});
  };
  const auto source = read_source("> ATE0\ninclude other.at\n", includer);
  REQUIRE(source);
  CHECK(texts_of(*source) == std::vector<std::string>{"> ATE0", "> AT", "< OK"});
  CHECK(source->lines[0].file.empty());
  CHECK(source->lines[1].file == "/other.at");
  CHECK(source->lines[1].number == 1);
  CHECK_FALSE(read_source("include self.at\n", includer));
}

TEST_CASE("numbers are written as octets and as codes") {
  const Names names{{"n", "69"}};
  CHECK(fill_in("${n:x2} ${n:X4} ${n:c} ${m}", names) == "45 0045 2.05 ${m}");
  CHECK_FALSE(fill_in("${n:d}", names));
  CHECK_FALSE(fill_in("${n:x99}", names));
}

}  // namespace
}  // namespace vmodem::conform
