#include "tools/report/html.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <span>

#include "tools/report/markup.h"
#include "tools/report/page.h"
#include "tools/report/timeline.h"

namespace vmodem::report {
namespace {

constexpr std::string_view kHops[] = {"host ↔ modem", "modem ↔ network", "network ↔ server"};
// Beyond it only folds with trouble are open at first, and no more than so many.
constexpr std::size_t kOpenStepsMax = 200;
constexpr std::size_t kOpenFoldsMax = 20;

std::string_view sign(Arrow arrow) {
  switch (arrow) {
    case Arrow::kRight:
      return "→";
    case Arrow::kLeft:
      return "←";
    case Arrow::kNone:
      break;
  }
  return "•";
}

// Entries of one run, which others refer to.
class Places {
 public:
  Places(std::size_t run, const std::vector<Step>& steps) : run_(run) {
    for (const auto& step : steps) shown_.insert(step.entry);
  }

  [[nodiscard]] std::string id(Number entry) const { return fmt::format("r{}e{}", run_, entry); }
  // Without a link where the ladder leaves it out.
  [[nodiscard]] std::string link(Number entry) const {
    if (!shown_.contains(entry)) return fmt::format("#{}", entry);
    return fmt::format("<a href=\"#{}\">#{}</a>", id(entry), entry);
  }

 private:
  std::size_t run_;
  std::set<Number> shown_;
};

std::string gap(std::size_t count) {
  return count_text(count, "entry is left out here", "entries are left out here");
}

// The row of a step, in the column of its hop or across all.
std::string step_row(const Step& step, const Places& places) {
  std::string html;
  if (step.left_out_before > 0) {
    html += fmt::format("<tr><td class=\"gap\" colspan=\"5\">{}</td></tr>\n",
                        gap(step.left_out_before));
  }
  const bool is_here = step.hop == Hop::kNone;
  html += fmt::format(
      "<tr id=\"{}\" class=\"{}{}{}{}\"><td class=\"at\">{}</td><td class=\"entry\"",
      places.id(step.entry), step.is_trouble ? "trouble " : "", step.is_quiet ? "quiet " : "",
      is_here ? "here " : "", step.is_command ? "command" : "", seconds_text(step.at));
  if (step.because != 0) html += fmt::format(" title=\"because of #{}\"", step.because);
  html += fmt::format(">#{}</td>", step.entry);
  if (is_here) {
    return html +
           fmt::format("<td class=\"text\" colspan=\"3\">{}</td></tr>\n", escaped(step.text));
  }
  for (std::size_t hop = 0; hop < std::size(kHops); ++hop) {
    if (hop != static_cast<std::size_t>(step.hop)) {
      html += "<td class=\"lane\"></td>";
      continue;
    }
    html += fmt::format("<td class=\"text\"><span class=\"arrow\">{}</span> {}</td>",
                        sign(step.arrow), escaped(step.text));
  }
  return html + "</tr>\n";
}

std::string fold_title(std::span<const Step> steps) {
  const auto& first = steps.front();
  const auto result = std::ranges::find_if(steps, &Step::is_result);
  const auto troubles = static_cast<std::size_t>(std::ranges::count_if(steps, &Step::is_trouble));
  auto title = fmt::format("<span class=\"at\">{}</span> ", seconds_text(first.at));
  title += first.is_command ? fmt::format("<code>{}</code>", escaped(first.text))
                            : "<span class=\"soft\">before the first command</span>";
  if (result != steps.end()) {
    title += fmt::format(" <code class=\"{}\">{}</code>", result->is_trouble ? "bad" : "good",
                         escaped(result->text));
  }
  title +=
      fmt::format(" <span class=\"soft\">{}</span>", count_text(steps.size(), "step", "steps"));
  if (troubles > 0) {
    title += fmt::format(" <span class=\"bad\">{}</span>",
                         count_text(troubles, "went wrong", "went wrong"));
  }
  return title;
}

std::string fold(std::span<const Step> steps, const Places& places, bool is_open) {
  const bool has_trouble = std::ranges::any_of(steps, &Step::is_trouble);
  auto html = fmt::format(
      "<details{}{}><summary>{}</summary>\n<div class=\"scroll\"><table "
      "class=\"ladder\"><thead><tr>"
      "<th class=\"at\">seconds</th><th class=\"entry\">entry</th>",
      has_trouble ? " class=\"trouble\"" : "", is_open ? " open" : "", fold_title(steps));
  for (const auto hop : kHops) html += fmt::format("<th>{}</th>", hop);
  html += "</tr></thead><tbody>\n";
  for (const auto& step : steps) html += step_row(step, places);
  return html + "</tbody></table></div></details>\n";
}

std::string ladder(const Run& run, const Places& places) {
  std::string html =
      "<div><h3>Ladder</h3>\n<div class=\"tools\"><input type=\"search\" placeholder=\"filter\" "
      "aria-label=\"filter\">"
      "<button class=\"unfold\">unfold all</button><button class=\"fold\">fold "
      "all</button></div>\n";
  const std::span<const Step> steps = run.steps;
  std::size_t open_count = 0;
  for (std::size_t begin = 0; begin < steps.size();) {
    auto end = begin + 1;
    while (end < steps.size() && !steps[end].is_command) ++end;
    const auto part = steps.subspan(begin, end - begin);
    const bool has_trouble = std::ranges::any_of(part, &Step::is_trouble);
    const bool is_open =
        steps.size() <= kOpenStepsMax || (has_trouble && open_count < kOpenFoldsMax);
    if (is_open) ++open_count;
    html += fold(part, places, is_open);
    begin = end;
  }
  if (run.steps_left_out > 0)
    html += fmt::format("<p class=\"gap\">{}</p>\n", gap(run.steps_left_out));
  return html + "</div>\n";
}

std::string findings(const Run& run, const Places& places) {
  if (run.finding_count == 0) return {};
  auto html = fmt::format("<h3>{}</h3>\n", count_text(run.finding_count, "finding of the lint",
                                                      "findings of the lint"));
  html +=
      "<div "
      "class=\"scroll\"><table><thead><tr><th>rule</th><th></th><th>what</th><th>cure</"
      "th><th>clause</"
      "th><th>entry</th></tr></thead><tbody>\n";
  for (const auto& finding : run.findings) {
    html += fmt::format(
        "<tr><td><code>{}</code></td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></"
        "tr>\n",
        escaped(finding.rule), severity(finding), escaped(finding.text), escaped(finding.cure),
        escaped(finding.clause),
        finding.entry == 0 ? std::string("–") : places.link(finding.entry));
  }
  html += "</tbody></table></div>\n";
  const auto left = run.finding_count - run.findings.size();
  if (left > 0)
    html += fmt::format("<p class=\"gap\">{}</p>\n", count_text(left, "further finding is left out",
                                                                "further findings are left out"));
  return html;
}

std::string failure(const Failure& failure, const Places& places, bool is_open) {
  auto html = fmt::format(
      "<details class=\"trouble\"{}><summary><span class=\"at\">{}</span> <code>{}</code> <span "
      "class=\"soft\">{}</span></summary>\n<ul>\n",
      is_open ? " open" : "", seconds_text(failure.at), escaped(failure.what),
      places.link(failure.entry));
  if (failure.causes_left_out > 0) {
    html += fmt::format("<li class=\"gap\">{}</li>\n",
                        count_text(failure.causes_left_out, "earlier cause is left out",
                                   "earlier causes are left out"));
  }
  for (const auto& cause : failure.why) {
    html += fmt::format("<li><span class=\"at\">{}</span> {} {}</li>\n", seconds_text(cause.at),
                        places.link(cause.entry), escaped(cause.text));
  }
  return html + "</ul></details>\n";
}

std::string results(const Run& run, const Places& places) {
  if (run.results.empty()) return {};
  std::string html = "<h3>Results, and why</h3>\n<p>";
  for (const auto& [text, count] : run.results) {
    html += fmt::format("<code>{}</code> × {} &nbsp; ", escaped(text), count);
  }
  html += "</p>\n";
  constexpr std::size_t kOpenMax = 5;
  std::size_t shown = 0;
  for (const auto& one : run.failures) html += failure(one, places, ++shown <= kOpenMax);
  const auto left = run.failure_count - std::min(run.failure_count, run.failures.size());
  if (left > 0)
    html += fmt::format("<p class=\"gap\">{}</p>\n",
                        count_text(left, "earlier one is left out", "earlier ones are left out"));
  return html;
}

std::string exchanges(const Run& run) {
  if (run.exchanges.empty()) return {};
  auto html = fmt::format(
      "<h3>Transmissions</h3>\n<p class=\"soft\">Confirmable messages from their first "
      "transmission on: "
      "● sent, × lost, ◆ answered.</p>\n<div class=\"scroll\">{}</div>\n",
      timeline_svg(run));
  const auto left = run.exchange_count - run.exchanges.size();
  if (left > 0)
    html += fmt::format("<p class=\"gap\">{}</p>\n", count_text(left, "further message is left out",
                                                                "further messages are left out"));
  return html;
}

void add_remark(std::string& html, std::size_t count, std::string_view one, std::string_view many) {
  if (count > 0) html += fmt::format("<li>{}</li>", count_text(count, one, many));
}

std::string remarks(const Run& run) {
  std::string html;
  add_remark(html, run.unkept_count, "entry at the beginning is counted, not shown",
             "entries at the beginning are counted, not shown");
  add_remark(html, run.missing_count, "entry is not in the file, whose writer was too slow",
             "entries are not in the file, whose writer was too slow");
  add_remark(html, run.laps,
             "time the module went back to an earlier instant; what was undone is not shown",
             "times the module went back to an earlier instant; what was undone is not shown");
  if (run.is_cut) html += "<li>the file's last line is cut off</li>";
  return html.empty() ? html : fmt::format("<ul class=\"soft\">{}</ul>\n", html);
}

std::string run_section(const Run& run, std::size_t index) {
  const Places places(index, run.steps);
  auto html = fmt::format(
      "<section id=\"r{}\"><h2>{}</h2>\n<p class=\"soft\">{} from {} s to {} s{}</p>\n", index,
      escaped(run.name), count_text(run.entry_count, "entry", "entries"), seconds_text(run.begin),
      seconds_text(run.end), run.wall ? ", begun at " + calendar_text(*run.wall) : "");
  html += remarks(run);
  html += findings(run, places);
  html += results(run, places);
  html += exchanges(run);
  html += ladder(run, places);
  return html + "</section>\n";
}

std::string card(std::size_t count, std::string_view one, std::string_view many, bool is_bad) {
  return fmt::format("<li{}><b>{}</b>{}</li>", is_bad && count > 0 ? " class=\"bad\"" : "", count,
                     count == 1 ? one : many);
}

std::string cards(const Report& report) {
  const auto sum = [&](auto member) {
    std::size_t total = 0;
    for (const auto& run : report.runs) total += run.*member;
    return total;
  };
  return "<ul class=\"cards\">" + card(report.runs.size(), "run", "runs", false) +
         card(sum(&Run::command_count), "command line", "command lines", false) +
         card(sum(&Run::failure_count), "failure told to the host", "failures told to the host",
              true) +
         card(sum(&Run::finding_count), "finding of the lint", "findings of the lint", true) +
         card(sum(&Run::retransmission_count), "retransmission", "retransmissions", false) +
         card(sum(&Run::loss_count), "datagram lost", "datagrams lost", false) +
         card(sum(&Run::fault_count), "fault", "faults", false) + "</ul>\n";
}

std::string run_table(const Report& report) {
  if (report.runs.size() < 2) return {};
  std::string html =
      "<h2>Runs</h2>\n<div class=\"scroll\"><table><thead><tr><th>run</th><th "
      "class=\"number\">entries</th><th class=\"number\">commands</th>"
      "<th class=\"number\">failures</th><th class=\"number\">findings</th><th "
      "class=\"number\">faults</th></tr></thead><tbody>\n";
  for (std::size_t i = 0; i < report.runs.size(); ++i) {
    const auto& run = report.runs[i];
    const auto name = i < kRunsShownMax
                          ? fmt::format("<a href=\"#r{}\">{}</a>", i + 1, escaped(run.name))
                          : escaped(run.name);
    html += fmt::format(
        "<tr><td>{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td><td "
        "class=\"number\">{}</td>"
        "<td class=\"number\">{}</td><td class=\"number\">{}</td></tr>\n",
        name, run.entry_count, run.command_count, run.failure_count, run.finding_count,
        run.fault_count);
  }
  return html + "</tbody></table></div>\n";
}

}  // namespace

std::string to_html(const Report& report) {
  std::string html(page_head());
  html += "<h1>vmodem report</h1>\n" + cards(report) +
          "<p><a href=\"#coverage\">Coverage</a></p>\n" + run_table(report);
  for (std::size_t i = 0; i < std::min(report.runs.size(), kRunsShownMax); ++i) {
    html += run_section(report.runs[i], i + 1);
  }
  if (report.runs.size() > kRunsShownMax) {
    html += fmt::format("<p class=\"gap\">{}</p>\n",
                        count_text(report.runs.size() - kRunsShownMax, "further run is left out",
                                   "further runs are left out"));
  }
  html += coverage_html(report.coverage);
  return html.append(page_tail());
}

}  // namespace vmodem::report
