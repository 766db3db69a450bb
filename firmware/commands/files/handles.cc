// The commands on open files (FILE95 §2.2.6–2.2.11; quectel-at.md §9).
#include <fmt/format.h>

#include "firmware/commands/files/error.h"
#include "firmware/commands/files/tables.h"
#include "firmware/handlers.h"

namespace vmodem::firmware {
namespace {

constexpr std::int64_t kNumberMax = 0x7FFFFFFF;

constexpr TextParam kOpenedName{"filename", {.size_max = 255, .sample = "sample"}};
constexpr auto kMode =
    IntParam<ufs::OpenMode>("mode", 0, 3).by_default(ufs::OpenMode::kCreateOrOpen);
constexpr IntParam<ufs::FileHandle> kHandle{"filehandle", 0, kNumberMax, Printed::kName};
constexpr IntParam<std::size_t> kReadLength{"length", 1, kNumberMax, Printed::kName};
constexpr auto kWriteLength =
    IntParam<std::size_t>("length", 1, kNumberMax, Printed::kName).by_default(10240);
constexpr auto kWriteTime = IntParam<>("timeout", 1, 65535, Printed::kName).by_default(5);
constexpr IntParam<std::size_t> kOffset{"offset", 0, kNumberMax, Printed::kName};
constexpr auto kPosition =
    IntParam<ufs::SeekFrom>("position", 0, 2, Printed::kName).by_default(ufs::SeekFrom::kStart);

Outcome open_file(Services& services, Instant, const Arguments& args) {
  const auto handle = services.files.open(args.get(kOpenedName), args.get(kMode));
  if (!handle) return failure(handle.error(), file_cme::kOpenFailed);
  return at::ok(fmt::format("+QFOPEN: {}", static_cast<std::uint32_t>(*handle)));
}

Outcome list_open_files(Services& services, Instant, const Arguments&) {
  Response response;
  for (const auto& file : services.files.open_files()) {
    response.lines.push_back(fmt::format("+QFOPEN: \"{}\",{},{}", file.name.spelling(),
                                         static_cast<std::uint32_t>(file.handle),
                                         static_cast<int>(file.mode)));
  }
  return response;
}

Outcome read_file(Services& services, Instant, const Arguments& args) {
  auto octets = services.files.read(args.get(kHandle), args.find(kReadLength));
  if (!octets) return failure(octets.error(), file_cme::kReadFailed);
  auto connect = fmt::format("CONNECT {}", octets->size());
  return Response{.download = at::Download{std::move(connect), std::move(*octets)}};
}

Response store_written(Services& services, ufs::FileHandle handle, const DataInput& input) {
  const auto written = services.files.write(handle, input.octets);
  if (!written) return failure(written.error(), file_cme::kWriteFailed);
  if (input.end == DataEnd::kEscapeSequence && !services.config.dialect.report_cut_upload) {
    return at::ok();
  }
  return at::ok(fmt::format("+QFWRITE: {},{}", written->count, written->file_size));
}

Outcome write_file(Services& services, Instant, const Arguments& args) {
  const auto handle = args.get(kHandle);
  const auto allowed = services.files.check_write(handle);
  if (!allowed) return failure(allowed.error(), file_cme::kWriteFailed);

  const auto length = args.get(kWriteLength);
  const auto space = services.files.space();
  if (!space) return failure(space.error(), file_cme::kWriteFailed);
  // A write may replace as much as the whole storage holds, but never more.
  if (length > space->total) return at::error(file_cme::kTooLarge);
  return DataMode{
      .prompt = DataMode::Prompt::kConnect,
      .size = length,
      .idle_timeout = std::chrono::seconds(args.get(kWriteTime)),
      .escape_sequence = true,
      .on_data = [handle](Services& at_end, Instant, const DataInput& input) {
        return store_written(at_end, handle, input);
      }};
}

Outcome seek(Services& services, Instant, const Arguments& args) {
  const auto moved =
      services.files.seek(args.get(kHandle), args.get(kOffset), args.get(kPosition));
  if (!moved) return failure(moved.error(), file_cme::kReadFailed);
  return at::ok();
}

Outcome show_position(Services& services, Instant, const Arguments& args) {
  const auto position = services.files.position(args.get(kHandle));
  if (!position) return failure(position.error(), file_cme::kReadFailed);
  return at::ok(fmt::format("+QFPOSITION: {}", *position));
}

Outcome truncate(Services& services, Instant, const Arguments& args) {
  const auto cut = services.files.truncate(args.get(kHandle));
  if (!cut) return failure(cut.error(), file_cme::kWriteFailed);
  return at::ok();
}

Outcome close_file(Services& services, Instant, const Arguments& args) {
  const auto closed = services.files.close(args.get(kHandle));
  if (!closed) return failure(closed.error(), file_cme::kWriteFailed);
  return at::ok();
}

constexpr CommandSpec kFileHandleCommands[] = {
    {.name = "+QFCLOSE", .summary = "Close a file", .write = {kHandle}, .on_write = close_file,
     .bad_value = file_cme::kInvalidInput, .source = "FILE95 §2.2"},
    {.name = "+QFOPEN", .summary = "Open a file", .write = {kOpenedName, kMode}, .optional = 1,
     .test = "+QFOPEN: <filename>[,(0-3)]", .on_read = list_open_files, .on_write = open_file,
     .bad_value = file_cme::kInvalidInput, .source = "FILE95 §2.2.6"},
    {.name = "+QFPOSITION", .summary = "Position in an open file", .write = {kHandle},
     .on_write = show_position, .bad_value = file_cme::kInvalidInput, .source = "FILE95 §2.2.10"},
    {.name = "+QFREAD", .summary = "Read from an open file", .write = {kHandle, kReadLength},
     .optional = 1, .test = "+QFREAD: <filehandle>[,<length>]", .on_write = read_file,
     .bad_value = file_cme::kInvalidInput, .source = "FILE95 §2.2.7"},
    {.name = "+QFSEEK", .summary = "Move in an open file", .write = {kHandle, kOffset, kPosition},
     .optional = 1, .test = "+QFSEEK: <filehandle>,<offset>[,<position>]", .on_write = seek,
     .bad_value = file_cme::kInvalidInput, .source = "FILE95 §2.2.9"},
    {.name = "+QFTUCAT", .summary = "Cut an open file behind its position", .write = {kHandle},
     .on_write = truncate, .bad_value = file_cme::kInvalidInput, .source = "FILE95 §2.2.11"},
    {.name = "+QFWRITE", .summary = "Write to an open file", .write = {kHandle, kWriteLength, kWriteTime},
     .optional = 2, .test = "+QFWRITE: <filehandle>[,<length>[,<timeout>]]",
     .on_write = write_file, .bad_value = file_cme::kInvalidInput, .source = "FILE95 §2.2.8"},
};
static_assert(at::is_sorted_by_name(kFileHandleCommands));

}  // namespace

std::span<const CommandSpec> file_handle_commands() { return kFileHandleCommands; }

}  // namespace vmodem::firmware
