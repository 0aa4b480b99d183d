#pragma once

#include <exception>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

// What went wrong, as a value. Decoders and pure functions return Result; coroutines throw Failure, which
// carries the same Error. The conversion happens once, at the driver or at a program's main.
namespace singel::spectra::core {

enum class Fault {
    // The person can act.
    invalid_argument,   // wrong option, setting outside the limits, unknown name
    not_found,          // no such file, no instrument
    permission_denied,  // file or USB device
    busy,               // another program holds the instrument or the store
    wrong_format,       // a file that is not what it should be; where says line or offset
    wrong_technique,    // a Raman scan against an infrared library
    no_dark,
    saturated,
    too_weak,
    interlock_open,
    disk_full,
    cancelled,
    unsupported,  // known, and not built yet or not built in
    // The device or the machine failed.
    disconnected,
    timed_out,
    stalled,
    protocol,          // the device answered what its protocol does not allow
    laser_unverified,  // the laser could not be shown to be off: counts as ON
    input_output,      // the operating system refused
};

std::string_view name(Fault fault);  // the enumerator's spelling
bool person_can_act(Fault fault);

struct Error {
    Fault fault{};
    std::string what;    // "the file is shorter than its header says: 3840 of 7296 bytes"
    std::string where;   // file with line or offset, device with operation; may be empty
    std::string remedy;  // what to do now; may be empty

    std::string sentence() const;  // what, where, what to do: one line for a person
};

template <class T>
struct [[nodiscard]] Result : tl::expected<T, Error> {
    using tl::expected<T, Error>::expected;
};

inline tl::unexpected<Error> failure(Fault fault, std::string what, std::string where = {}, std::string remedy = {}) {
    return tl::unexpected<Error>(Error{fault, std::move(what), std::move(where), std::move(remedy)});
}

class Failure : public std::exception {
public:
    explicit Failure(Error error);
    Failure(Fault fault, std::string what, std::string where = {}, std::string remedy = {});
    const Error& error() const noexcept { return error_; }
    const char* what() const noexcept override { return sentence_.c_str(); }

private:
    Error error_;
    std::string sentence_;
};

// The value, or the error thrown as Failure.
template <class T>
T value_or_throw(Result<T> result) {
    if (!result) throw Failure(std::move(result.error()));
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

}  // namespace singel::spectra::core
