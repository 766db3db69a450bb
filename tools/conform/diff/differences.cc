#include "tools/conform/diff/differences.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "firmware/base/printable.h"
#include "tools/conform/answer/answer.h"
#include "tools/conform/diff/alignment.h"

namespace vmodem::conform {
namespace {

constexpr std::size_t kShownMax = 200;

// "line 2, field 3"; of an answer of one line its field alone.
std::string place_of(std::size_t line, std::size_t lines, std::string_view rest) {
  return lines > 1 ? fmt::format("line {}, {}", line + 1, rest) : std::string(rest);
}

class Comparison {
 public:
  std::vector<Difference> run(const Session& a, const Session& b);

 private:
  void compare(const Exchange& a, const Exchange& b);
  void compare_answers(const Exchange& a, const Exchange& b);
  void compare_lines(const std::string& asked, std::string_view command, const SessionLine& a,
                     const SessionLine& b, std::size_t line, std::size_t lines);
  void compare_urcs(const Session& a, const Session& b);
  void compare(const Urc& a, const Urc& b);
  void add(Difference difference) { found_.push_back(std::move(difference)); }

  std::vector<Difference> found_;
  bool a_is_echoed_ = false;
  bool b_is_echoed_ = false;
};

std::vector<Difference> Comparison::run(const Session& a, const Session& b) {
  const auto command = [](const Session& session, std::size_t i) {
    return std::string_view(session.exchanges[i].command.text);
  };
  const auto pairs = align(
      a.exchanges.size(), b.exchanges.size(),
      [&](std::size_t i, std::size_t j) { return command(a, i) == command(b, j); },
      [&](std::size_t i, std::size_t j) {
        return command_name(command(a, i)) == command_name(command(b, j));
      });
  for (const auto& [i, j] : pairs) {
    if (i && j) {
      compare(a.exchanges[*i], b.exchanges[*j]);
    } else if (i) {
      const auto& asked = a.exchanges[*i].command;
      add({.asked = asked.text, .where = {}, .a = asked.text, .a_line = asked.line});
    } else {
      const auto& asked = b.exchanges[*j].command;
      add({.asked = asked.text, .where = {}, .b = asked.text, .b_line = asked.line});
    }
  }
  compare_urcs(a, b);
  return std::move(found_);
}

void Comparison::compare(const Exchange& a, const Exchange& b) {
  // Echo is a setting: told where it begins to differ.
  const bool differed = a_is_echoed_ != b_is_echoed_;
  a_is_echoed_ = a.is_echoed;
  b_is_echoed_ = b.is_echoed;
  if (a.is_echoed != b.is_echoed && !differed) {
    add({a.command.text, "echo", a.is_echoed ? "yes" : "no", b.is_echoed ? "yes" : "no",
         a.command.line, b.command.line});
  }
  compare_answers(a, b);
  if (a.result.text == b.result.text) return;
  const auto result_of = [](const Exchange& one) {
    return one.result.text.empty() ? std::nullopt : std::optional(one.result.text);
  };
  add({a.command.text, "result", result_of(a), result_of(b), a.result.line, b.result.line});
}

void Comparison::compare_answers(const Exchange& a, const Exchange& b) {
  const auto asked = command_name(a.command.text);
  const auto name = [](const SessionLine& line) { return Answer::parse(line.text).name; };
  const auto pairs = align(
      a.answer.size(), b.answer.size(),
      [&](std::size_t i, std::size_t j) {
        return without_volatile(asked, a.answer[i].text) ==
               without_volatile(asked, b.answer[j].text);
      },
      [&](std::size_t i, std::size_t j) { return name(a.answer[i]) == name(b.answer[j]); });
  const auto lines = std::max(a.answer.size(), b.answer.size());
  for (const auto& [i, j] : pairs) {
    if (i && j) {
      compare_lines(a.command.text, asked, a.answer[*i], b.answer[*j], *i, lines);
    } else if (i) {
      const auto& line = a.answer[*i];
      add({.asked = a.command.text,
           .where = fmt::format("line {}", *i + 1),
           .a = line.text,
           .a_line = line.line});
    } else {
      const auto& line = b.answer[*j];
      add({.asked = a.command.text,
           .where = fmt::format("line {}", *j + 1),
           .b = line.text,
           .b_line = line.line});
    }
  }
}

void Comparison::compare_lines(const std::string& asked, std::string_view command,
                               const SessionLine& a, const SessionLine& b, std::size_t line,
                               std::size_t lines) {
  const auto own = Answer::parse(a.text);
  const auto other = Answer::parse(b.text);
  for (std::size_t i = 0; i < std::max(own.fields.size(), other.fields.size()); ++i) {
    const auto text_of = [i](const Answer& answer) {
      return i < answer.fields.size() ? std::optional(std::string(answer.fields[i])) : std::nullopt;
    };
    const auto kind_of = [&](const Answer& answer) {
      return i < answer.fields.size() ? volatile_kind(command, answer, i) : std::nullopt;
    };
    if (text_of(own) == text_of(other)) continue;
    if (kind_of(own) && kind_of(own) == kind_of(other)) continue;
    add({asked, place_of(line, lines, fmt::format("field {}", i + 1)), text_of(own), text_of(other),
         a.line, b.line});
  }
}

// In their order for each name: two devices take their time, so that those of one name may come
// before or behind those of another.
void Comparison::compare_urcs(const Session& a, const Session& b) {
  using ByName = std::map<std::string, std::pair<std::vector<const Urc*>, std::vector<const Urc*>>,
                          std::less<>>;
  ByName by_name;
  const auto name_of_urc = [](const Urc& urc) {
    const auto name = Answer::parse(urc.line.text).name;
    return std::string(name.empty() ? std::string_view(urc.line.text) : name);
  };
  for (const auto& urc : a.urcs) by_name[name_of_urc(urc)].first.push_back(&urc);
  for (const auto& urc : b.urcs) by_name[name_of_urc(urc)].second.push_back(&urc);
  for (const auto& [name, both] : by_name) {
    const auto& of_a = both.first;
    const auto& of_b = both.second;
    const auto pairs = align(
        of_a.size(), of_b.size(),
        [&](std::size_t i, std::size_t j) {
          return of_a[i]->payload == of_b[j]->payload &&
                 without_volatile({}, of_a[i]->line.text) ==
                     without_volatile({}, of_b[j]->line.text);
        },
        [](std::size_t, std::size_t) { return true; });
    for (const auto& [i, j] : pairs) {
      if (i && j) {
        compare(*of_a[*i], *of_b[*j]);
      } else if (i) {
        const auto& line = of_a[*i]->line;
        add({.asked = name, .where = {}, .a = line.text, .a_line = line.line});
      } else {
        const auto& line = of_b[*j]->line;
        add({.asked = name, .where = {}, .b = line.text, .b_line = line.line});
      }
    }
  }
}

void Comparison::compare(const Urc& a, const Urc& b) {
  const std::string name(Answer::parse(a.line.text).name);
  compare_lines(name.empty() ? a.line.text : name, {}, a.line, b.line, 0, 1);
  if (a.payload == b.payload) return;
  add({name, "payload", a.payload, b.payload, a.line.line, b.line.line});
}

std::string shown(const std::optional<std::string>& text) {
  if (!text) return "nothing";
  const bool is_quoted = text->size() >= 2 && text->front() == '"' && text->back() == '"';
  return is_quoted ? printable(*text, kShownMax) : '"' + printable(*text, kShownMax) + '"';
}

}  // namespace

std::vector<Difference> differences(const Session& a, const Session& b) {
  return Comparison().run(a, b);
}

void merge(std::vector<Difference>& all, std::vector<Difference> more) {
  for (auto& one : more) {
    const auto alike = std::ranges::find_if(all, [&](const Difference& other) {
      return other.asked == one.asked && other.where == one.where && other.a == one.a &&
             other.b == one.b;
    });
    if (alike == all.end()) {
      all.push_back(std::move(one));
    } else {
      alike->count += one.count;
    }
  }
}

std::string to_text(const Difference& difference) {
  auto a = shown(difference.a);
  auto b = shown(difference.b);
  // They differ in their quotes.
  if (a == b) {
    a = *difference.a;
    b = *difference.b;
  }
  auto text = printable(difference.asked, kShownMax);
  if (!difference.where.empty()) text += ": " + difference.where;
  text += fmt::format(": {} / {}", a, b);
  return difference.count == 1 ? text : text + fmt::format(" ({} times)", difference.count);
}

}  // namespace vmodem::conform
