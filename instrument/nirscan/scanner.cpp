#include "instrument/nirscan/scanner.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "firmware-bridge/wire/nirscan/column.hpp"
#include "firmware-bridge/wire/nirscan/commands.hpp"
#include "instrument/decoded.hpp"

namespace singel::instrument::nirscan {

namespace asio = boost::asio;
using spectra::core::Failure;
using spectra::core::Fault;
using std::chrono::milliseconds;
using namespace std::chrono_literals;

namespace {

constexpr auto between_looks = 50ms;
constexpr auto longest_scan = 60000ms;  // what it says beyond that is not believed
constexpr auto margin = 5000ms;
constexpr int most_tries = 3;

bool same(const wire::Configuration& asked, const wire::Configuration& had) {
    return asked.type == had.type && asked.first_nm == had.first_nm && asked.last_nm == had.last_nm &&
           asked.width_px == had.width_px && asked.patterns == had.patterns && asked.repeats == had.repeats;
}

}  // namespace

Scanner::Scanner(Line& line, Transport& link, const Model& model) : line_(line), link_(link), gain_(model.gain) {
    configuration_.name = "Singel";
    configuration_.first_nm = model.first_nm;
    configuration_.last_nm = model.last_nm;
    configuration_.width_px = model.width_px;
    configuration_.patterns = model.patterns;
    configuration_.repeats = model.repeats;
}

asio::awaitable<void> Scanner::wait_for_end() {
    const auto until = link_.now() + 2 * takes_ + margin;
    for (;;) {
        const std::uint32_t status = co_await line_.number({wire::command::device_status, "read the status"});
        if ((status & wire::status::scan_in_progress) == 0) co_return;
        if (link_.now() > until) throw Failure(Fault::timed_out, "the scan does not end", "wait for the scan");
        co_await link_.wait(between_looks);
    }
}

asio::awaitable<void> Scanner::settle() {
    co_await line_.drain();
    co_await wait_for_end();
}

// An instrument that has made no scan yet has a file without meaning.
asio::awaitable<void> Scanner::note_last() {
    const Bytes file = co_await read_scan_file(line_);
    const auto last = wire::decode_scan(file);
    last_index_.reset();
    if (last) last_index_ = last->index;
}

asio::awaitable<void> Scanner::configure() {
    const char* const what = "set the scan";
    co_await line_.put({wire::command::scan_controls_lamp, "let the scan control the lamp", Bytes(1, 1)});
    Bytes gain(1, 1);
    gain.push_back(gain_);
    co_await line_.put({wire::command::fix_gain, "fix the gain", std::move(gain)});
    const Bytes answer = co_await line_.put({wire::command::apply_configuration, what, wire::encode(configuration_)});
    const std::uint32_t patterns = require(wire::read_u32(answer), what);
    if (patterns != configuration_.patterns)
        throw Failure(Fault::protocol,
                      fmt::format("the instrument makes {} instead of {} patterns",
                                  static_cast<std::int32_t>(patterns), configuration_.patterns),
                      what);
    const std::uint32_t takes = co_await line_.number({wire::command::scan_time, "ask how long a scan takes"});
    takes_ = std::min<milliseconds>(milliseconds(takes), longest_scan);
}

// Every scan says what it is; nothing of it is taken on trust.
void Scanner::check(const wire::Scan& scan) const {
    const char* const what = "read the scan";
    if (!same(configuration_, scan.configuration))
        throw Failure(Fault::protocol, "the scan was made with other settings", what);
    if (scan.values.size() != wire::values_of(configuration_.patterns))
        throw Failure(Fault::protocol,
                      fmt::format("the scan has {} instead of {} values", scan.values.size(),
                                  wire::values_of(configuration_.patterns)),
                      what);
    if (scan.first_black != wire::patterns_between_blacks || scan.black_period != wire::patterns_between_blacks + 1)
        throw Failure(Fault::protocol,
                      fmt::format("black patterns from {} on, every {}", scan.first_black, scan.black_period), what);
    if (scan.gain != gain_)
        throw Failure(Fault::protocol, fmt::format("the scan was made with gain {} instead of {}", scan.gain, gain_),
                      what);
    const auto wrong = std::ranges::find_if(scan.values, [](std::int32_t value) {
        return value < 0 || value > static_cast<std::int32_t>(wire::adc_full_scale);
    });
    if (wrong != scan.values.end())
        throw Failure(Fault::protocol,
                      fmt::format("value {} is {}, the converter gives 0 to {}", wrong - scan.values.begin(), *wrong,
                                  wire::adc_full_scale),
                      what);
}

bool Scanner::is_new(const wire::Scan& scan) {
    const bool repeated = last_index_ == scan.index;
    if (repeated) return false;
    // The low half counts and begins anew after 65536 scans.
    if (last_index_)
        count_ += static_cast<std::uint16_t>(scan.index - *last_index_);
    else
        count_ = scan.index & 0xFFFF;
    last_index_ = scan.index;
    return true;
}

asio::awaitable<wire::Scan> Scanner::attempt() {
    co_await line_.put({wire::command::reset_errors, "forget old errors"});
    Question begin(wire::command::perform_scan, "scan", Bytes(1, 0));
    begin.repeat = false;
    co_await line_.put(std::move(begin));
    co_await link_.wait(takes_);
    co_await wait_for_end();
    const Bytes errors = co_await line_.get({wire::command::error_status, "read the errors"});
    firmware_bridge::wire::Reader reader(errors);
    const std::uint32_t bits = reader.u32le();
    if (!reader.ok() || (bits & wire::error::spoils_scan) != 0)
        throw Failure(Fault::protocol, fmt::format("the scan failed, error status {:x}", bits), "scan");
    const Bytes file = co_await read_scan_file(line_);
    co_return require(wire::decode_scan(file), "read the scan");
}

asio::awaitable<wire::Scan> Scanner::scan() {
    for (int tries = 0; tries < most_tries; ++tries) {
        wire::Scan scan = co_await attempt();
        if (is_new(scan)) {
            check(scan);
            co_return scan;
        }
        ++stale_;
    }
    throw Failure(Fault::protocol, "the instrument sends its last scan again and again", "scan");
}

}  // namespace singel::instrument::nirscan
