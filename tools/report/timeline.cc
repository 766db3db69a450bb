#include "tools/report/timeline.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "tools/report/markup.h"

namespace vmodem::report {
namespace {

constexpr double kLeft = 150;
constexpr double kRight = 640;
constexpr double kWidth = 900;
constexpr double kTop = 28;
constexpr double kRow = 26;

// Seconds between two marks of the scale, so that there are no more than ten.
double scale_step(double span) {
  constexpr double kMarksMax = 10;
  auto step = std::pow(10.0, std::floor(std::log10(span / kMarksMax)));
  for (const double factor : {1.0, 2.0, 5.0, 10.0}) {
    if (span / (step * factor) <= kMarksMax) return step * factor;
  }
  return step * 10;
}

// From the first transmission.
class Scale {
 public:
  explicit Scale(const std::vector<Exchange>& exchanges) {
    for (const auto& exchange : exchanges) {
      span_ = std::max(span_, offset(exchange, exchange.last()));
    }
  }

  [[nodiscard]] static double offset(const Exchange& exchange, Instant at) {
    const auto first = exchange.transmissions.front().at;
    return std::chrono::duration<double>(at - first).count();
  }
  [[nodiscard]] double x(double seconds) const {
    return kLeft + std::clamp(seconds / span_, 0.0, 1.0) * (kRight - kLeft);
  }
  [[nodiscard]] double x(const Exchange& exchange, Instant at) const {
    return x(offset(exchange, at));
  }
  [[nodiscard]] double span() const { return span_; }

 private:
  double span_ = 0.001;
};

void draw_scale(std::string& svg, const Scale& scale, double height) {
  const auto step = scale_step(scale.span());
  for (int i = 0; i * step <= scale.span(); ++i) {
    const auto x = scale.x(i * step);
    svg += fmt::format(
        "<line class=\"grid\" x1=\"{0:.1f}\" y1=\"{1:.0f}\" x2=\"{0:.1f}\" y2=\"{2:.0f}\"/>", x,
        kTop - 8, height - 6);
    svg += fmt::format("<text class=\"tick\" x=\"{:.1f}\" y=\"14\">{:.6g} s</text>", x, i * step);
  }
}

void draw_transmission(std::string& svg, const Exchange& exchange, std::size_t index, double x,
                       double y) {
  const auto& transmission = exchange.transmissions[index];
  const auto what =
      index == 0 ? std::string("first transmission") : fmt::format("retransmission {}", index);
  svg += fmt::format("<g><title>{} at {} s{}</title>", what, seconds_text(transmission.at),
                     transmission.is_lost ? ", lost" : "");
  if (transmission.is_lost) {
    svg += fmt::format("<path class=\"lost\" d=\"M{0:.1f} {1:.1f}l10 10m0 -10l-10 10\"/></g>",
                       x - 5, y - 5);
    return;
  }
  svg += fmt::format("<circle class=\"sent\" cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"4.5\"/></g>", x, y);
}

void draw_exchange(std::string& svg, const Exchange& exchange, const Scale& scale, double y) {
  svg += fmt::format("<text class=\"label\" x=\"4\" y=\"{:.1f}\">client {}, message {}</text>",
                     y + 4, exchange.client, exchange.message_id);
  svg +=
      fmt::format("<line class=\"life\" x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\"/>",
                  kLeft, y, scale.x(exchange, exchange.last()), y);
  for (std::size_t i = 0; i < exchange.transmissions.size(); ++i) {
    draw_transmission(svg, exchange, i, scale.x(exchange, exchange.transmissions[i].at), y);
  }
  if (exchange.answered) {
    const auto x = scale.x(exchange, *exchange.answered);
    svg += fmt::format(
        "<g><title>answered at {} s</title><path class=\"answered\" d=\"M{:.1f} {:.1f}l6 6l-6 6l-6 "
        "-6z\"/></g>",
        seconds_text(*exchange.answered), x, y - 6);
  }
  const auto outcome =
      exchange.outcome.empty() ? std::string("no end in this journal") : exchange.outcome;
  svg += fmt::format("<text class=\"{}\" x=\"{:.0f}\" y=\"{:.1f}\">{}</text>",
                     exchange.answered ? "outcome" : "outcome bad", kRight + 14, y + 4,
                     escaped(outcome));
}

}  // namespace

std::string timeline_svg(const Run& run) {
  if (run.exchanges.empty()) return {};
  const Scale scale(run.exchanges);
  const auto height = kTop + kRow * static_cast<double>(run.exchanges.size()) + 6;
  auto svg = fmt::format(
      "<svg class=\"timeline\" viewBox=\"0 0 {:.0f} {:.0f}\" role=\"img\" "
      "aria-label=\"Transmissions of confirmable messages\">",
      kWidth, height);
  draw_scale(svg, scale, height);
  auto y = kTop + kRow / 2;
  for (const auto& exchange : run.exchanges) {
    draw_exchange(svg, exchange, scale, y);
    y += kRow;
  }
  return svg + "</svg>\n";
}

}  // namespace vmodem::report
