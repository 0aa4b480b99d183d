#pragma once

#include <cstdio>
#include <memory>
#include <string>
#include <variant>

#include "firmware-bridge/trace/trace.hpp"
#include "spectra/core/result.hpp"

namespace singel::firmware_bridge::bridge {

// A trace on its way into a file: line by line as it happens, or, when it is to be anonymous, at the end, because a
// serial number may be known only then.
class TraceFile {
public:
    // Throws core::Failure where the file cannot be made.
    TraceFile(std::string path, trace::Header header, bool anonymous);

    void add(const std::variant<trace::Transfer, trace::Event>& what);
    // Fails with input_output where not everything could be written.
    spectra::core::Result<void> finish();
    std::size_t transfers() const { return transfers_; }

private:
    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    void write(const std::string& text);
    void write(const std::variant<trace::Transfer, trace::Event>& what);

    std::string path_;
    std::unique_ptr<std::FILE, Close> file_;
    trace::Trace kept_;  // the entries of an anonymous trace; of any trace the header
    bool anonymous_ = false, written_ = true;
    std::size_t transfers_ = 0;
};

spectra::core::Result<trace::Trace> read_trace(const std::string& path);

}  // namespace singel::firmware_bridge::bridge
