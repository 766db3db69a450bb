// What crosses the air, what the link does to it, and what the modem asks the internet.
#pragma once

#include "firmware/journal/field.h"

namespace vmodem::journal {

struct DatagramUp {
  std::uint64_t transport;
  std::string_view network;
  net::Endpoint local;
  net::Endpoint remote;
  Bytes octets;

  static constexpr auto kKind =
      kind("datagram.up", Level::kNone, "A datagram leaves the module.",
           field("transport", &DatagramUp::transport, "new for every open"),
           field("network", &DatagramUp::network, "simulated or real"),
           field("local", &DatagramUp::local, "of the module"),
           field("remote", &DatagramUp::remote, "[::]:0 where only the real network knows it"),
           field("octets", &DatagramUp::octets, ""));
};

struct DatagramDown {
  std::uint64_t transport;
  std::string_view network;
  net::Endpoint local;
  net::Endpoint remote;
  Bytes octets;

  static constexpr auto kKind =
      kind("datagram.down", Level::kNone, "A datagram reaches the module.",
           field("transport", &DatagramDown::transport, "new for every open"),
           field("network", &DatagramDown::network, "simulated or real"),
           field("local", &DatagramDown::local, "of the module"),
           field("remote", &DatagramDown::remote, "[::]:0 where only the real network knows it"),
           field("octets", &DatagramDown::octets, ""));
};

// What the four kinds of what a link does have in common.
struct LinkEffect {
  std::string_view direction;
  std::uint64_t ordinal;
  std::uint64_t size;
  std::string_view reason;
};
constexpr auto link_kind(std::string_view name, std::string_view help) {
  return kind(name, Level::kInfo, help,
              field("direction", &LinkEffect::direction, "uplink or downlink"),
              field("ordinal", &LinkEffect::ordinal, "of its direction, from 1; 0: of no session"),
              field("size", &LinkEffect::size, "octets"),
              field("reason", &LinkEffect::reason, "in words"));
}

struct LinkLost : LinkEffect {
  static constexpr auto kKind = link_kind("link.lost", "A datagram did not and will not arrive.");
};

struct LinkDelayed : LinkEffect {
  static constexpr auto kKind = link_kind("link.delayed", "Others overtake a datagram.");
};

struct LinkDuplicated : LinkEffect {
  static constexpr auto kKind = link_kind("link.duplicated", "A datagram arrives twice.");
};

struct LinkCorrupted : LinkEffect {
  static constexpr auto kKind =
      link_kind("link.corrupted", "A datagram arrives with a wrong bit.");
};

struct NetworkSilent {
  std::string host;
  std::uint64_t port;

  static constexpr auto kKind =
      kind("network.silent", Level::kWarning, "A client opens to where nobody is.",
           field("host", &NetworkSilent::host, "as it was typed"),
           field("port", &NetworkSilent::port, ""));
};

struct NameAsked {
  std::string name;

  static constexpr auto kKind =
      kind("name.asked", Level::kNone, "The addresses of a name are asked for.",
           field("name", &NameAsked::name, ""));
};

struct NameAnswered {
  std::string name;
  std::string addresses;
  std::string why;

  static constexpr auto kKind =
      kind("name.answered", Level::kNone, "They are there, or will never be.",
           field("name", &NameAnswered::name, ""),
           field("addresses", &NameAnswered::addresses, "best first, with blanks between"),
           field("why", &NameAnswered::why, "there are none; else empty"));
};

struct QuestionAsked {
  std::string_view question;
  std::string host;

  static constexpr auto kKind =
      kind("question.asked", Level::kNone, "An echo or the time is asked for.",
           field("question", &QuestionAsked::question, "ping or time"),
           field("host", &QuestionAsked::host, ""));
};

struct QuestionAnswered {
  std::string_view question;
  std::string host;
  std::string answer;

  static constexpr auto kKind =
      kind("question.answered", Level::kNone, "An echo or the time has come, or will not.",
           field("question", &QuestionAnswered::question, "ping or time"),
           field("host", &QuestionAnswered::host, ""),
           field("answer", &QuestionAnswered::answer, "in words"));
};

}  // namespace vmodem::journal
