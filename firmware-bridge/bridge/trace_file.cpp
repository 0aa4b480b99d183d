#include "firmware-bridge/bridge/trace_file.hpp"

#include <cerrno>
#include <fstream>
#include <sstream>
#include <system_error>
#include <utility>

#include "firmware-bridge/trace/anonymous.hpp"
#include "firmware-bridge/trace/text.hpp"

namespace singel::firmware_bridge::bridge {

namespace core = spectra::core;

TraceFile::TraceFile(std::string path, trace::Header header, bool anonymous)
    : path_(std::move(path)), file_(std::fopen(path_.c_str(), "we")), anonymous_(anonymous) {
    if (!file_) {
        throw core::Failure(errno == EACCES ? core::Fault::permission_denied : core::Fault::input_output,
                            "cannot write the trace: " + std::generic_category().message(errno), path_,
                            "name a file that can be written with -o");
    }
    kept_.header = std::move(header);
    if (anonymous_) return;
    write(trace::format(kept_.header));
    std::fflush(file_.get());  // so that whoever waits for the recording to begin sees it
}

void TraceFile::write(const std::string& text) {
    written_ = std::fwrite(text.data(), 1, text.size(), file_.get()) == text.size() && written_;
}

void TraceFile::write(const std::variant<trace::Transfer, trace::Event>& what) {
    write(std::visit([](const auto& known) { return trace::format(known); }, what));
}

void TraceFile::add(const std::variant<trace::Transfer, trace::Event>& what) {
    if (std::holds_alternative<trace::Transfer>(what)) ++transfers_;
    if (anonymous_) {
        kept_.entries.push_back({0, what});
    } else {
        write(what);
    }
}

core::Result<void> TraceFile::finish() {
    if (anonymous_) {
        trace::blank_serials(kept_);
        write(trace::format(kept_.header));
        for (const trace::Entry& entry : kept_.entries) write(entry.what);
    }
    written_ = std::fflush(file_.get()) == 0 && written_;
    if (written_) return {};
    return core::failure(core::Fault::disk_full, "the trace could not be written whole", path_,
                         "make room on the disk and record it again");
}

core::Result<trace::Trace> read_trace(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return core::failure(core::Fault::not_found, "the trace cannot be read", path, "name another file");
    std::ostringstream text;
    text << file.rdbuf();
    return trace::parse(text.str(), path);
}

}  // namespace singel::firmware_bridge::bridge
