#include "tools/benchmark/report.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace vmodem::benchmark {
namespace {

constexpr const char* kRow = "{:<47} {:>10} {:>10} {:>7} {:<6} {:<16} {}\n";

std::string number(std::optional<double> value) {
  if (!value) return "–";
  if (*value >= 1000) return fmt::format("{:.0f}", *value);
  return fmt::format("{:.2f}", *value);
}

double judged_number(const Figure& figure) {
  switch (figure.target->judged) {
    case Judged::kValue:
      return figure.value;
    case Judged::kDifference:
      return figure.value - figure.floor.value_or(0);
    case Judged::kRatio:
      return figure.ratio().value_or(0);
  }
  return figure.value;
}

std::string to_text(const std::optional<Target>& target) {
  if (!target) return "";
  const auto* bound = target->bound == Bound::kAtMost ? "≤" : "≥";
  switch (target->judged) {
    case Judged::kValue:
      return fmt::format("{} {:g}", bound, target->limit);
    case Judged::kDifference:
      return fmt::format("{} floor + {:g}", bound, target->limit);
    case Judged::kRatio:
      return fmt::format("{} {:g} × floor", bound, target->limit);
  }
  return "";
}

std::string verdict(const Figure& figure) {
  const auto is_met = figure.is_met();
  if (!is_met) return "";
  return *is_met ? "ok" : "missed";
}

}  // namespace

std::optional<double> Figure::ratio() const {
  if (!floor) return std::nullopt;
  return value / *floor;
}

std::optional<bool> Figure::is_met() const {
  if (!target) return std::nullopt;
  const auto judged = judged_number(*this);
  return target->bound == Bound::kAtMost ? judged <= target->limit : judged >= target->limit;
}

std::string table_head() {
  return fmt::format(fmt::runtime(kRow), "", "vmodem", "floor", "ratio", "unit", "target", "");
}

std::string to_row(const Figure& figure) {
  return fmt::format(fmt::runtime(kRow), figure.name, number(figure.value), number(figure.floor),
                     number(figure.ratio()), figure.unit, to_text(figure.target), verdict(figure));
}

std::string to_json(const std::vector<Figure>& figures) {
  using Json = nlohmann::ordered_json;
  auto list = Json::array();
  for (const auto& figure : figures) {
    Json json{{"name", figure.name}, {"unit", figure.unit}, {"value", figure.value}};
    if (figure.floor) json["floor"] = *figure.floor;
    if (figure.floor) json["ratio"] = *figure.ratio();
    if (figure.target) json["target"] = to_text(figure.target);
    if (figure.target) json["met"] = *figure.is_met();
    list.push_back(std::move(json));
  }
  return Json{{"figures", std::move(list)}}.dump(2) + "\n";
}

}  // namespace vmodem::benchmark
