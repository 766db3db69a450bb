#include <fmt/format.h>

#include <algorithm>

#include "tools/report/html.h"
#include "tools/report/markup.h"

namespace vmodem::report {
namespace {

using coverage::Coverage;
using coverage::Group;
using coverage::Item;
using coverage::universe;

struct Part {
  std::size_t met = 0;
  std::size_t total = 0;
};

Part part_of(const Coverage& coverage, Group group) {
  Part part{coverage.count(group), 0};
  for (const auto& item : universe().items()) {
    if (item.group == group) ++part.total;
  }
  return part;
}

std::string bar(const Part& part) {
  return fmt::format("<span class=\"bar\"><i style=\"width:{:.0f}%\"></i></span> {} of {}",
                     100.0 * static_cast<double>(part.met) /
                         static_cast<double>(std::max<std::size_t>(part.total, 1)),
                     part.met, part.total);
}

// Of a group, in the order of the universe.
std::vector<std::string> aspects_of(Group group) {
  std::vector<std::string> aspects;
  for (const auto& item : universe().items()) {
    const bool is_new = std::ranges::find(aspects, item.aspect) == aspects.end();
    if (item.group == group && is_new) aspects.push_back(item.aspect);
  }
  return aspects;
}

std::string cell(const Coverage& coverage, Group group, const std::string& subject,
                 const std::string& aspect) {
  const auto item = universe().find(group, subject, aspect);
  if (!item) return "<td class=\"none\">·</td>";
  return coverage.has(*item) ? "<td class=\"met\">✓</td>" : "<td class=\"never\">never</td>";
}

std::string group_table(const Coverage& coverage, Group group) {
  const auto aspects = aspects_of(group);
  std::string html = "<div class=\"scroll\"><table><thead><tr><th>what</th>";
  for (const auto& aspect : aspects) {
    html += fmt::format("<th>{}</th>", aspect.empty() ? "met" : escaped(aspect));
  }
  html += "<th>meaning</th></tr></thead><tbody>\n";
  const Item* last = nullptr;
  for (const auto& item : universe().items()) {
    if (item.group != group) continue;
    if (last != nullptr && last->subject == item.subject) continue;
    last = &item;
    html += fmt::format("<tr><td><code>{}</code></td>", escaped(item.subject));
    for (const auto& aspect : aspects) html += cell(coverage, group, item.subject, aspect);
    // What a number means differs from column to column.
    const auto help = group == Group::kCoapResults ? std::string_view() : item.help;
    html += fmt::format("<td>{}</td></tr>\n", escaped(help));
  }
  return html + "</tbody></table></div>\n";
}

std::string group_section(const Coverage& coverage, Group group) {
  return fmt::format("<details><summary>{} {}</summary>\n{}</details>\n", escaped(title(group)),
                     bar(part_of(coverage, group)), group_table(coverage, group));
}

std::string label(const Item& item) {
  return item.aspect.empty() ? item.subject : fmt::format("{} {}", item.subject, item.aspect);
}

std::string clause_row(const Coverage& coverage, const coverage::Clause& clause) {
  Part part{0, clause.items.size()};
  std::string never;
  for (const auto place : clause.items) {
    if (coverage.has(place)) {
      ++part.met;
      continue;
    }
    never += fmt::format("{}<code>{}</code>", never.empty() ? "" : ", ",
                         escaped(label(universe().items()[place])));
  }
  return fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td></tr>\n", escaped(clause.name),
                     bar(part), never.empty() ? "–" : never);
}

std::string clause_table(const Coverage& coverage, bool of_note) {
  std::string html =
      "<div class=\"scroll\"><table><thead><tr><th>clause</th><th>met</th><th>never "
      "met</th></tr></thead>"
      "<tbody>\n";
  for (const auto& clause : universe().clauses()) {
    if (is_of_note(clause) == of_note) html += clause_row(coverage, clause);
  }
  return html + "</tbody></table></div>\n";
}

std::string unknown_commands(const Coverage& coverage) {
  if (coverage.unknown_commands().empty()) return {};
  std::string names;
  for (const auto& name : coverage.unknown_commands()) {
    names += fmt::format("{}<code>{}</code>", names.empty() ? "" : ", ", escaped(name));
  }
  return fmt::format("<p>Commands that this module has not got: {}.</p>\n", names);
}

}  // namespace

std::string coverage_html(const Coverage& coverage) {
  std::string html =
      "<section id=\"coverage\"><h2>Coverage</h2>\n<p>What this host has met of all that it can "
      "meet "
      "with this module, and what it never has.</p>\n<div class=\"tools\"><input type=\"search\" "
      "placeholder=\"filter\" aria-label=\"filter\"><button class=\"unfold\">unfold all</button>"
      "<button class=\"fold\">fold all</button></div>\n";
  for (const auto group : coverage::kGroups) html += group_section(coverage, group);
  html += unknown_commands(coverage);
  html += "<h3>By clause of the application note</h3>\n" + clause_table(coverage, true);
  html += "<details><summary>By clause of the other documents</summary>\n" +
          clause_table(coverage, false) + "</details>\n";
  return html + "</section>\n";
}

}  // namespace vmodem::report
