#include "tools/conform/catalogue/statements.h"

#include <fmt/format.h>

#include <toml++/toml.h>
#include <algorithm>
#include <set>

namespace vmodem::conform {
namespace {

using Read = Expected<Statement, Fault>;

Read read_one(const toml::node& node) {
  const auto* table = node.as_table();
  const auto line = node.source().begin.line;
  if (table == nullptr) {
    return unexpected(Fault{fmt::format("line {}: this is no statement", line), "[[statement]]"});
  }
  Statement statement;
  for (const auto& [key, member] : {std::pair{"id", &statement.id},
                                    {"clause", &statement.clause},
                                    {"says", &statement.says},
                                    {"reason", &statement.reason}}) {
    *member = (*table)[key].value_or(std::string());
  }
  for (const auto& [key, value] : *table) {
    const std::string_view name = key.str();
    const bool is_known = name == "id" || name == "clause" || name == "says" || name == "reason";
    if (!is_known || !value.is_string()) {
      return unexpected(Fault{fmt::format("line {}: '{}' of a statement", line, name),
                              "id, clause, says and reason, texts all of them"});
    }
  }
  if (statement.id.empty() || statement.clause.empty() || statement.says.empty()) {
    return unexpected(
        Fault{fmt::format("line {}: a statement without id, clause or says", line), "all three"});
  }
  return statement;
}

// Inside a cell of a Markdown table.
std::string cell(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '|' || c == '\\' || c == '*' || c == '_' || c == '`' || c == '<') result += '\\';
    result += c;
  }
  return result;
}

std::string ground_text(const Ground& ground) {
  if (ground.by.empty()) return std::string(name_of(ground.certainty));
  return fmt::format("{} `{}`", name_of(ground.certainty), ground.by);
}

std::string who_shows(const Statement& statement, const Showings& showings) {
  const auto found = showings.find(statement.id);
  if (found == showings.end()) {
    return fmt::format("no case: {}",
                       cell(statement.reason.empty() ? "missing" : statement.reason));
  }
  std::string text;
  for (const auto& [shown_by, check_count] : found->second) {
    text +=
        fmt::format("{}[{}](../tests/conformance/{}.at) ({})", text.empty() ? "" : "<br>",
                    cell(shown_by->name), shown_by->name, ground_text(shown_by->script->ground));
  }
  return text;
}

std::string statement_tables(const std::vector<Statement>& statements, const Showings& showings) {
  std::string text;
  std::string_view clause;
  for (const auto& statement : statements) {
    if (statement.clause != clause) {
      clause = statement.clause;
      text += fmt::format("\n### {}\n\n| | says | shown by |\n|---|---|---|\n", clause);
    }
    text += fmt::format("| {} | {} | {} |\n", statement.id, cell(statement.says),
                        who_shows(statement, showings));
  }
  return text;
}

std::string case_table(const std::vector<Planned>& cases) {
  std::string text = "| case | clause | certainty | checks |\n|---|---|---|---:|\n";
  for (const auto& one : cases) {
    if (!one.script) continue;
    std::string clauses;
    for (const auto& clause : one.script->clauses) {
      clauses += (clauses.empty() ? "" : "; ") + clause;
    }
    text += fmt::format("| [{}](../tests/conformance/{}.at) | {} | {} | {} |\n", cell(one.name),
                        one.name, cell(clauses), ground_text(one.script->ground),
                        one.script->checks.size());
  }
  return text;
}

}  // namespace

Expected<std::vector<Statement>, Fault> parse_statements(std::string_view text) {
  toml::table root;
  try {
    root = toml::parse(text);
  } catch (const toml::parse_error& error) {
    return unexpected(
        Fault{fmt::format("line {}: {}", error.source().begin.line, error.description()), "TOML"});
  }
  std::vector<Statement> statements;
  std::set<std::string> ids;
  const auto* list = root["statement"].as_array();
  if (list == nullptr) return unexpected(Fault{"there is no statement", "[[statement]]"});
  for (const auto& node : *list) {
    auto one = read_one(node);
    if (!one) return unexpected(std::move(one.error()));
    if (!ids.insert(one->id).second) {
      return unexpected(Fault{fmt::format("a second statement {}", one->id), "each id once"});
    }
    statements.push_back(std::move(*one));
  }
  return statements;
}

Showings showings_of(const std::vector<Planned>& cases) {
  Showings showings;
  for (const auto& one : cases) {
    if (!one.script) continue;
    std::map<std::string, std::size_t> counts;
    for (const auto& id : one.script->shows) counts[id] = one.script->checks.size();
    for (const auto& check : one.script->checks) {
      for (const auto& id : check.shows) ++counts[id];
    }
    for (const auto& [id, count] : counts) showings[id].push_back({&one, count});
  }
  return showings;
}

std::vector<std::string> gaps(const std::vector<Statement>& statements, const Showings& showings) {
  std::vector<std::string> missing;
  std::set<std::string, std::less<>> ids;
  for (const auto& statement : statements) {
    ids.insert(statement.id);
    if (statement.reason.empty() && !showings.contains(statement.id)) {
      missing.push_back(
          fmt::format("{}: neither a case shows it nor is there a reason", statement.id));
    }
  }
  for (const auto& [id, shown] : showings) {
    if (!ids.contains(id)) {
      missing.push_back(
          fmt::format("{} shows {}, which is no statement", shown[0].shown_by->name, id));
    }
  }
  return missing;
}

std::string catalogue(const std::vector<Statement>& statements, const std::vector<Planned>& cases) {
  const auto showings = showings_of(cases);
  std::size_t checks = 0;
  for (const auto& one : cases) checks += one.script ? one.script->checks.size() : 0;
  const auto without = std::ranges::count_if(
      statements, [&](const Statement& one) { return !showings.contains(one.id); });
  auto text = fmt::format(
      "<!-- made by `vmodem-conform catalogue`; cases and tests/conformance/statements.toml are "
      "the source -->\n"
      "# Conformance\n\n{} cases with {} checks show {} statements of the note; {} cannot be "
      "shown, each with its "
      "reason. The language of cases is in [cases.md](cases.md), how to play them on vmodem or on "
      "hardware "
      "as well. Certainty: *documented* in the clause, *captured* from a module (in which "
      "capture), *ruled* where the "
      "documents are silent (by which switch of [fidelity.md](fidelity.md)).\n\n## Statements\n",
      cases.size(), checks, statements.size() - static_cast<std::size_t>(without), without);
  return text + statement_tables(statements, showings) + "\n## Cases\n\n" + case_table(cases);
}

}  // namespace vmodem::conform
