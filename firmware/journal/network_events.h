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

// The four kinds of what a link does have the same fields.
struct LinkEffect {
  std::string_view direction;
  std::uint64_t ordinal;
  std::uint64_t size;
  std::string_view reason;
};

struct LinkLost : LinkEffect {
  static constexpr auto kKind = kind(
      "link.lost", Level::kInfo, "A datagram did not and will not arrive.",
      field("direction", &LinkLost::direction, "uplink or downlink"),
      field("ordinal", &LinkLost::ordinal, "of its direction, from 1; 0: of no session"),
      field("size", &LinkLost::size, "octets"), field("reason", &LinkLost::reason, "in words"));
};

struct LinkDelayed : LinkEffect {
  static constexpr auto kKind =
      kind("link.delayed", Level::kInfo, "Others overtake a datagram.",
           field("direction", &LinkDelayed::direction, "uplink or downlink"),
           field("ordinal", &LinkDelayed::ordinal, "of its direction, from 1; 0: of no session"),
           field("size", &LinkDelayed::size, "octets"),
           field("reason", &LinkDelayed::reason, "in words"));
};

struct LinkDuplicated : LinkEffect {
  static constexpr auto kKind =
      kind("link.duplicated", Level::kInfo, "A datagram arrives twice.",
           field("direction", &LinkDuplicated::direction, "uplink or downlink"),
           field("ordinal", &LinkDuplicated::ordinal, "of its direction, from 1; 0: of no session"),
           field("size", &LinkDuplicated::size, "octets"),
           field("reason", &LinkDuplicated::reason, "in words"));
};

struct LinkCorrupted : LinkEffect {
  static constexpr auto kKind =
      kind("link.corrupted", Level::kInfo, "A datagram arrives with a wrong bit.",
           field("direction", &LinkCorrupted::direction, "uplink or downlink"),
           field("ordinal", &LinkCorrupted::ordinal, "of its direction, from 1; 0: of no session"),
           field("size", &LinkCorrupted::size, "octets"),
           field("reason", &LinkCorrupted::reason, "in words"));
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
