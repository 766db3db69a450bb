// The tables of keys for what the simulated internet has many of. [servers.NAME]
// has the keys of server_keys(), below `answer` those of answer_keys(), a list `initiated` of
// tables with those of initiated_keys(), and [servers.NAME.resources."PATH"] those of
// resource_keys() with a list `answers` of tables with those of answer_keys(). [hosts.NAME] has the
// keys of host_keys().
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "firmware/configuration/internet/config.h"
#include "firmware/configuration/schema/key.h"

namespace vmodem::app {

[[nodiscard]] std::span<const KeyOf<ServerEntry>> server_keys();
[[nodiscard]] std::span<const KeyOf<HostEntry>> host_keys();
[[nodiscard]] std::span<const KeyOf<sim::ResourceConfig>> resource_keys();
[[nodiscard]] std::span<const KeyOf<sim::AnswerConfig>> answer_keys();
[[nodiscard]] std::span<const KeyOf<sim::InitiatedConfig>> initiated_keys();

inline constexpr std::size_t kServersMax = 64;
inline constexpr std::size_t kHostsMax = 256;
inline constexpr std::size_t kResourcesMax = 256;  // of one server
inline constexpr std::size_t kAnswersMax = 64;     // of one resource
inline constexpr std::size_t kInitiatedMax = 64;   // of one server

inline constexpr std::string_view kServersPrefix = "servers.";
inline constexpr std::string_view kHostsPrefix = "hosts.";

// What --set says of one server or host that is there, or is shipped: "servers.NAME.KEY",
// "servers.NAME.answer.KEY", "servers.NAME.resources.PATH.KEY" and "hosts.NAME.KEY".
[[nodiscard]] bool is_internet_key(std::string_view name);
[[nodiscard]] Expected<void, net::SyntaxError> set_internet_text(InternetConfig& internet,
                                                                 std::string_view name,
                                                                 std::string_view text);

}  // namespace vmodem::app
