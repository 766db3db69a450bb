#include "firmware/control/verb_shapes.h"

#include <algorithm>
#include <array>
#include <deque>
#include <map>
#include <vector>

namespace vmodem::control {
namespace {

using testbed::ArgumentKind;
using testbed::ArgumentSpec;

// Owns what the shape of one verb borrows.
struct VerbShape {
  std::deque<std::string> texts;
  std::vector<Member> members;
  Shape shape;
};

MemberType type_of(ArgumentKind kind) {
  switch (kind) {
    case ArgumentKind::kNumber:
      return MemberType::kInteger;
    case ArgumentKind::kDuration:
      return MemberType::kDuration;
    case ArgumentKind::kWord:
      return MemberType::kWord;
    case ArgumentKind::kServer:
      return MemberType::kEndpoint;
    case ArgumentKind::kText:
    case ArgumentKind::kNone:
      break;
  }
  return MemberType::kText;
}

// "link-down" becomes "LinkDownBody".
std::string shape_name(std::string_view verb) {
  std::string name;
  bool is_first = true;
  for (const char c : verb) {
    const bool is_small = c >= 'a' && c <= 'z';
    if (c != '-') name += is_first && is_small ? static_cast<char>(c - 'a' + 'A') : c;
    is_first = c == '-';
  }
  return name + "Body";
}

Member member_of(const ArgumentSpec& spec, VerbShape& owner) {
  Member one{.name = owner.texts.emplace_back(argument_name(spec)), .type = type_of(spec.kind)};
  if (spec.kind == ArgumentKind::kNumber) one = one.within(spec.min, spec.max);
  if (spec.kind == ArgumentKind::kWord) one.words = spec.words();
  if (spec.kind == ArgumentKind::kDuration)
    one.help = owner.texts.emplace_back(allowed_values(spec));
  return spec.is_optional ? one.optional() : one;
}

VerbShape make_shape(const testbed::Verb& verb) {
  VerbShape made;
  for (const auto& spec : verb.arguments) {
    if (spec.kind != ArgumentKind::kNone) made.members.push_back(member_of(spec, made));
  }
  made.members.push_back(
      member(kWhen, MemberType::kText,
             "the trigger of a scenario, whose time counts from now: \"10s\", \"AT+QCOAPSEND#2\"; "
             "at once without it")
          .optional());
  made.shape = {made.texts.emplace_back(shape_name(verb.name)), verb.help, made.members};
  return made;
}

}  // namespace

const Shape& shape_of(const testbed::Verb& verb) {
  static const auto kShapes = [] {
    std::map<std::string_view, VerbShape> shapes;
    for (const auto& one : testbed::verbs()) shapes.emplace(one.name, make_shape(one));
    return shapes;
  }();
  return kShapes.at(verb.name).shape;
}

std::string argument_name(const ArgumentSpec& spec) {
  std::string name(spec.name);
  std::ranges::transform(name, name.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return name;
}

std::string_view type_name(ArgumentKind kind) {
  constexpr std::array<std::string_view, 6> kNames{"none", "number", "duration",
                                                   "word", "text",   "endpoint"};
  return kNames[static_cast<std::size_t>(kind)];
}

}  // namespace vmodem::control
