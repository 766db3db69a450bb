#include "tools/conform/suite.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace vmodem::conform {
namespace {

constexpr std::string_view kWholeSuite = "note";

}  // namespace

Expected<std::vector<std::string>, Fault> cases_below(const std::vector<std::string>& paths) {
  namespace fs = std::filesystem;
  std::vector<std::string> files;
  for (const auto& path : paths) {
    std::error_code error;
    if (!fs::is_directory(path, error)) {
      files.push_back(path);
      continue;
    }
    const auto first = files.size();
    for (auto it = fs::recursive_directory_iterator(path, error);
         !error && it != fs::recursive_directory_iterator(); it.increment(error)) {
      if (it->path().extension() == ".at") files.push_back(it->path().string());
    }
    if (error) {
      return unexpected(Fault{fmt::format("'{}': {}", path, error.message()), "a folder of cases"});
    }
    std::sort(files.begin() + static_cast<std::ptrdiff_t>(first), files.end());
  }
  return files;
}

std::optional<std::string> suite_root(const std::string& program) {
  namespace fs = std::filesystem;
  std::error_code error;
  const auto installed = fs::path(program).parent_path().parent_path() / "share/vmodem/conformance";
  for (const auto& root : {installed, fs::path(VMODEM_SUITE_SOURCE)}) {
    if (fs::is_directory(root, error)) return root.lexically_normal().string();
  }
  return std::nullopt;
}

Expected<std::string, Fault> suite_folder(const std::string& root, const std::string& name) {
  namespace fs = std::filesystem;
  if (name == kWholeSuite) return root;
  std::error_code error;
  const auto folder = fs::path(root) / name;
  const bool is_inside =
      !name.empty() && fs::path(name).is_relative() && name.find("..") == name.npos;
  if (is_inside && fs::is_directory(folder, error)) return folder.string();
  std::string rooms(kWholeSuite);
  std::vector<std::string> names;
  for (auto it = fs::directory_iterator(root, error); !error && it != fs::directory_iterator();
       it.increment(error)) {
    if (it->is_directory() && it->path().filename() != kWholeSuite) {
      names.push_back(it->path().filename().string());
    }
  }
  std::ranges::sort(names);
  for (const auto& one : names) rooms += ", " + one;
  return unexpected(Fault{fmt::format("there is no suite '{}'", name), rooms});
}

std::string case_name(const std::string& root, const std::string& file) {
  namespace fs = std::filesystem;
  std::error_code error;
  const auto below =
      fs::weakly_canonical(file, error).lexically_relative(fs::weakly_canonical(root, error));
  if (root.empty() || below.empty() || *below.begin() == "..") return file;
  return fs::path(below).replace_extension().generic_string();
}

}  // namespace vmodem::conform
